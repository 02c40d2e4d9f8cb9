import { lazy } from "react";
import { Route, Routes } from "react-router";
import { Layout } from "./Layout";
import { RequireAuth } from "./auth";
import { Posts } from "./pages/Posts";

const page = (name, load) => lazy(() => load().then((module) => ({ default: module[name] })));
const Home = page("Home", () => import("./pages/Home"));
const SignIn = page("SignIn", () => import("./pages/SignIn"));
const Register = page("Register", () => import("./pages/Register"));
const PasswordForgotten = page("PasswordForgotten", () => import("./pages/PasswordForgotten"));
const Account = page("Account", () => import("./pages/Account"));
const Callback = page("Callback", () => import("./pages/Callback"));
const NotFound = page("NotFound", () => import("./pages/NotFound"));

export function App() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<Home />} />
        <Route path="sign-in" element={<SignIn />} />
        <Route path="register" element={<Register />} />
        <Route path="password/forgotten" element={<PasswordForgotten />} />
        <Route path="callback" element={<Callback />} />
        <Route element={<RequireAuth />}>
          <Route path="posts" element={<Posts />} />
          <Route path="account" element={<Account />} />
        </Route>
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
