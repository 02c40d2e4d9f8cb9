import { Link } from "react-router";

export function NotFound() {
  return (
    <div className="stack">
      <h1>Page not found</h1>
      <p className="lead">There is nothing at this address.</p>
      <div className="actions">
        <Link className="button" to="/">
          Home
        </Link>
      </div>
    </div>
  );
}
