import { useEffect, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Routes, Route, Link, useNavigate } from "react-router";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import {
  getSession,
  subscribe,
  refreshIfNeeded,
  signIn,
  signOut,
  handleCallback,
  fetchPosts,
} from "../../common/auth.js";
import Post from "./Post";
function useAuth(refreshInterval = 20) {
  const session = useSyncExternalStore(subscribe, getSession);
  useEffect(() => {
    refreshIfNeeded();
    const id = setInterval(refreshIfNeeded, refreshInterval * 1000);
    return () => clearInterval(id);
  }, [refreshInterval]);
  return { session, loading: false };
}
const withAuth = (refreshInterval) => (C) =>
  function Protected(props) {
    const { session } = useAuth(refreshInterval);
    if (!session)
      return (
        <>
          Not signed in <br />
          <button onClick={signIn}>Sign in</button>
          <pre>User is not logged in</pre>
        </>
      );
    return <C session={session} {...props} />;
  };
const Home = withAuth()(({ session }) => (
  <>
    Signed in as {session.user.email} <br />
    <button onClick={signOut}>Sign out</button>
    {session.access && <pre>User has access token</pre>}
    <Link to="/posts">Go to posts</Link>
  </>
));
const Posts = withAuth()(() => {
  const { data: posts = [], dataUpdatedAt } = useQuery({
    queryKey: ["posts"],
    queryFn: fetchPosts,
    refetchInterval: 10000,
    retry: false,
  });
  return (
    <div>
      <h2>Fetched at {JSON.stringify(new Date(dataUpdatedAt))}</h2>
      <Link to="/">Back to homepage</Link>
      {posts.map((p) => (
        <Post key={p.id} post={p} />
      ))}
    </div>
  );
});
let cb;
function Callback() {
  const nav = useNavigate();
  useEffect(() => {
    (cb ||= handleCallback()).then((to) => nav(to, { replace: true }));
  }, []);
  return null;
}
createRoot(document.getElementById("root")).render(
  <QueryClientProvider client={new QueryClient()}>
    <BrowserRouter>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/posts" element={<Posts />} />
        <Route path="/callback" element={<Callback />} />
      </Routes>
    </BrowserRouter>
  </QueryClientProvider>,
);
