import { signIn } from "next-auth/react";
import { useAuth } from "./useAuth";
function AccessDenied() {
  return (
    <>
      Not signed in <br />
      <button onClick={() => signIn()}>Sign in</button>
      <pre>User is not logged in</pre>
    </>
  );
}
const qs = () => (typeof window === "undefined" ? 0 : +new URLSearchParams(window.location.search).get("refresh") || 0);
export const withAuth = (refreshInterval) => (Component) =>
  function Protected(props) {
    const { session, loading } = useAuth(qs() || refreshInterval);
    if (loading) return null;
    if (!session || session.error) return <AccessDenied />;
    return <Component session={session} {...props} />;
  };
