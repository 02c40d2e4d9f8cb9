import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearchParams } from "react-router";
import { signIn, signInWithPassword } from "../../../common/auth.js";
import { Form } from "../Form";
import { useSession } from "../auth";

const FIELDS = [
  { name: "username", label: "Username or email", autoComplete: "username" },
  { name: "password", label: "Password", type: "password", autoComplete: "current-password" },
];

export function SignIn() {
  const [search] = useSearchParams();
  const next = search.get("next") ?? "";
  if (useSession()) return <Navigate to={next.startsWith("/") && !next.startsWith("//") ? next : "/"} replace />;
  return (
    <div className="card">
      <h1>Sign in</h1>
      <Form
        fields={FIELDS}
        submit="Sign in"
        send={({ username, password }) => signInWithPassword(username.trim(), password)}
      />
      <p className="card-foot">
        <Link to={{ pathname: "/password/forgotten", search: search.toString() }}>Forgot password?</Link>
        <Link to={{ pathname: "/register", search: search.toString() }}>Create an account</Link>
      </p>
      <Providers />
    </div>
  );
}

function Providers() {
  const { data = [] } = useQuery({
    queryKey: ["providers"],
    queryFn: () => fetch("/api/social/").then((answer) => answer.json()),
  });
  if (!data.length) return null;
  return (
    <div className="providers">
      <p className="or">or</p>
      {data.map(({ id, name }) => (
        <button key={id} className="button button-quiet" type="button" onClick={signIn}>
          Continue with {name}
        </button>
      ))}
    </div>
  );
}
