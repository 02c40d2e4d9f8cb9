import { Suspense, useEffect, useState } from "react";
import { Link, NavLink, Outlet, useLocation, useNavigate } from "react-router";
import { signOut } from "../../common/auth.js";
import { useSession, withNext } from "./auth";

export function Layout() {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="header">
        <div className="column header-row">
          <Link className="brand" to="/">
            <span>Posts</span>
          </Link>
          <nav className="nav" aria-label="Main">
            <NavLink to="/posts">Posts</NavLink>
          </nav>
          <div className="account">
            <Account />
          </div>
          <Theme />
        </div>
      </header>
      <main className="column main" id="main" tabIndex={-1}>
        <Suspense fallback={<p className="loading">Loading…</p>}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}

function Account() {
  const session = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  if (!session) return pathname === "/sign-in" ? null : <Link to={withNext("/sign-in", pathname)}>Sign in</Link>;
  const name = session.user.username;
  return (
    <>
      <Link className="account-link" to="/account">
        <span className="avatar" aria-hidden="true">
          {name[0]}
        </span>
        <span className="account-name">{name}</span>
      </Link>
      <button
        className="button button-quiet"
        type="button"
        onClick={() => {
          signOut();
          navigate("/");
        }}
      >
        Sign out
      </button>
    </>
  );
}

function Theme() {
  const [theme, setTheme] = useState(() => localStorage.getItem("theme") ?? "");
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    localStorage.setItem("theme", theme);
  }, [theme]);
  return (
    <div className="theme">
      <select id="theme" aria-label="Theme" value={theme} onChange={({ target }) => setTheme(target.value)}>
        <option value="">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </div>
  );
}
