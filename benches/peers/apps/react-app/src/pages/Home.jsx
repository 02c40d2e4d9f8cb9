import { Link } from "react-router";
import { useSession, withNext } from "../auth";

export function Home() {
  const session = useSession();
  if (session) {
    return (
      <div className="stack">
        <h1>Welcome back</h1>
        <dl className="facts">
          <div>
            <dt>Name</dt>
            <dd>{session.user.username}</dd>
          </div>
          <div>
            <dt>Email</dt>
            <dd>{session.user.email}</dd>
          </div>
        </dl>
        <div className="actions">
          <Link className="button" to="/posts">
            Read the posts
          </Link>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <h1>Sign in once, keep reading</h1>
      <p className="lead">The posts keep themselves up to date, and you stay signed in for days.</p>
      <div className="actions">
        <Link className="button" to={withNext("/sign-in", "/")}>
          Sign in
        </Link>
        <Link className="button button-quiet" to={withNext("/register", "/")}>
          Create an account
        </Link>
      </div>
    </div>
  );
}
