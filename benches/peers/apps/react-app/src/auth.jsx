import { useEffect, useSyncExternalStore } from "react";
import { Link, Outlet, useLocation } from "react-router";
import { getSession, refreshIfNeeded, subscribe } from "../../common/auth.js";

const SYNC_EVERY_MS = 20_000;

export const useSession = () => useSyncExternalStore(subscribe, getSession);

export const withNext = (page, next) => `${page}?${new URLSearchParams({ next })}`;

export function RequireAuth() {
  const session = useSession();
  const { pathname } = useLocation();
  useEffect(() => {
    refreshIfNeeded();
    const timer = setInterval(refreshIfNeeded, SYNC_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (session) return <Outlet />;
  return (
    <div className="stack">
      <h1>Access denied</h1>
      <p className="lead">Sign in to see this page.</p>
      <Link className="button" to={withNext("/sign-in", pathname)}>
        Sign in
      </Link>
    </div>
  );
}
