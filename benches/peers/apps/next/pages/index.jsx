import { signOut } from "next-auth/react";
import Link from "next/link";
import { withAuth } from "../lib/withAuth";
function Home({ session }) {
  return (
    <>
      Signed in as {session.user.email} <br />
      <button onClick={() => signOut()}>Sign out</button>
      {session.accessToken && <pre>User has access token</pre>}
      <Link href="/posts">Go to posts</Link>
    </>
  );
}
export default withAuth()(Home);
