import { useState } from "react";
import Link from "next/link";
import useSWR from "swr";
import Post from "../lib/Post";
import { withAuth } from "../lib/withAuth";
const URL_ = process.env.NEXT_PUBLIC_BACKEND_API_BASE + "/posts/";
const fetcher = async ([url, token]) => {
  const r = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  if (!r.ok) throw new Error(r.status);
  return r.json();
};
function Posts({ session }) {
  const [at, setAt] = useState(null);
  const { data: posts = [] } = useSWR([URL_, session.accessToken], fetcher, {
    refreshInterval: 10000,
    dedupingInterval: 0,
    keepPreviousData: true,
    onSuccess: () => setAt(new Date()),
  });
  return (
    <div>
      <h2>Fetched at {JSON.stringify(at)}</h2>
      <Link href="/">Back to homepage</Link>
      {posts.map((post) => (
        <Post key={post.id} post={post} />
      ))}
    </div>
  );
}
export default withAuth()(Posts);
