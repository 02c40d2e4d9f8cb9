import { createSignal, onCleanup, onMount, For, Show } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import { render } from "solid-js/web";
import { Router, Route, A, useNavigate } from "@solidjs/router";
import {
  getSession,
  subscribe,
  refreshIfNeeded,
  signIn,
  signOut,
  handleCallback,
  fetchPosts,
} from "../../common/auth.js";
function useAuth(refreshInterval = 20) {
  const [session, setSession] = createSignal(getSession());
  const un = subscribe((s) => setSession(s));
  refreshIfNeeded();
  const id = setInterval(refreshIfNeeded, refreshInterval * 1000);
  onCleanup(() => {
    un();
    clearInterval(id);
  });
  return session;
}
const withAuth = (ri) => (C) => () => {
  const session = useAuth(ri);
  return (
    <Show
      when={session()}
      fallback={
        <>
          Not signed in <br />
          <button onClick={signIn}>Sign in</button>
          <pre>User is not logged in</pre>
        </>
      }
    >
      <C session={session} />
    </Show>
  );
};
const Home = withAuth()((p) => (
  <>
    Signed in as {p.session()?.user.email} <br />
    <button onClick={signOut}>Sign out</button>
    <Show when={p.session()?.access}>
      <pre>User has access token</pre>
    </Show>
    <A href="/posts">Go to posts</A>
  </>
));
const Posts = withAuth()(() => {
  const [posts, setPosts] = createStore([]);
  const [at, setAt] = createSignal(null);
  const load = () =>
    fetchPosts().then(
      (d) => {
        setPosts(reconcile(d));
        setAt(new Date());
      },
      () => {},
    );
  onMount(load);
  const id = setInterval(load, 10000);
  onCleanup(() => clearInterval(id));
  return (
    <div>
      <h2>Fetched at {JSON.stringify(at())}</h2>
      <A href="/">Back to homepage</A>
      <For each={posts}>
        {(post) => (
          <div class="post">
            <h3>Post Title: {post.title}</h3>
            <em>by User {post.userId}</em>
            <h5>{post.body}</h5>
            <hr />
          </div>
        )}
      </For>
    </div>
  );
});
const Callback = () => {
  const nav = useNavigate();
  onMount(() => handleCallback().then((to) => nav(to, { replace: true })));
  return null;
};
render(
  () => (
    <Router>
      <Route path="/" component={Home} />
      <Route path="/posts" component={Posts} />
      <Route path="/callback" component={Callback} />
    </Router>
  ),
  document.getElementById("root"),
);
