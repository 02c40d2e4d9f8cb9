import { useState } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Routes, Route, Link } from "react-router";
import { AuthProvider, useAuth } from "react-oidc-context";
import { WebStorageStateStore } from "oidc-client-ts";
import useSWR from "swr";
import Post from "./Post";
const API = "/api",
  OP = location.origin;
// automaticSilentRenew: true and accessTokenExpiringNotificationTimeInSeconds: 60 are the library's defaults
const cfg = {
  authority: OP,
  client_id: "spa",
  redirect_uri: location.origin + "/posts",
  scope: "openid email profile offline_access",
  userStore: new WebStorageStateStore({ store: localStorage }),
  onSigninCallback: () => history.replaceState({}, "", location.pathname),
};
const withAuth = (C) =>
  function Protected(props) {
    const auth = useAuth();
    if (auth.isLoading) return null;
    if (!auth.isAuthenticated)
      return (
        <>
          Not signed in <br />
          <button onClick={() => auth.signinRedirect()}>Sign in</button>
          <pre>User is not logged in</pre>
        </>
      );
    return <C auth={auth} {...props} />;
  };
const Home = withAuth(({ auth }) => (
  <>
    Signed in as {auth.user.profile.email} <br />
    <button onClick={() => auth.removeUser()}>Sign out</button>
    {auth.user.access_token && <pre>User has access token</pre>}
    <Link to="/posts">Go to posts</Link>
  </>
));
const fetcher = async ([url, token]) => {
  const r = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  if (!r.ok) throw new Error(r.status);
  return r.json();
};
const Posts = withAuth(({ auth }) => {
  const [at, setAt] = useState(null);
  const { data: posts = [] } = useSWR([API + "/posts/", auth.user.access_token], fetcher, {
    refreshInterval: 10000,
    keepPreviousData: true,
    onSuccess: () => setAt(new Date()),
  });
  return (
    <div>
      <h2>Fetched at {JSON.stringify(at)}</h2>
      <Link to="/">Back to homepage</Link>
      {posts.map((p) => (
        <Post key={p.id} post={p} />
      ))}
    </div>
  );
});
createRoot(document.getElementById("root")).render(
  <AuthProvider {...cfg}>
    <BrowserRouter>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/posts" element={<Posts />} />
      </Routes>
    </BrowserRouter>
  </AuthProvider>,
);
