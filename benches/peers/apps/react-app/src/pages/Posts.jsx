import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { memo, useEffect, useMemo, useState } from "react";
import { fetchPosts } from "../../../common/auth.js";

const POLL_EVERY_MS = 10_000;

export function Posts() {
  const {
    data: posts,
    error,
    dataUpdatedAt,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: ["posts"],
    queryFn: fetchPosts,
    refetchInterval: POLL_EVERY_MS,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <>
      <div className="posts-head">
        <h1>Posts</h1>
        <div className="posts-age">
          <p className="updated">{dataUpdatedAt > 0 && <Age at={dataUpdatedAt} />}</p>
          <button
            className="button button-quiet"
            type="button"
            onClick={() => refetch()}
            aria-busy={isFetching || undefined}
          >
            Refresh
          </button>
        </div>
      </div>
      {posts ? (
        <Reader posts={posts} />
      ) : (
        <p className="loading">{error ? "The posts could not be loaded." : "Loading posts…"}</p>
      )}
    </>
  );
}

function Age({ at }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor(Math.max(0, now - at) / 15_000) * 15;
  return (
    <>
      Updated <time dateTime={new Date(at).toISOString()}>{seconds ? `${seconds} seconds ago` : "just now"}</time>
    </>
  );
}

function Reader({ posts }) {
  const [text, setText] = useState("");
  const [author, setAuthor] = useState("");
  const authors = useMemo(() => [...new Set(posts.map(({ userId }) => userId))], [posts]);
  const found = useMemo(() => posts.filter((post) => matches(post, text.toLowerCase(), author)), [posts, text, author]);
  return (
    <>
      <div className="post-tools">
        <div className="field">
          <label htmlFor="post-text">Find</label>
          <input
            id="post-text"
            type="search"
            autoComplete="off"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="post-author">Author</label>
          <select id="post-author" value={author} onChange={({ target }) => setAuthor(target.value)}>
            <option value="">Everyone</option>
            {authors.map((id) => (
              <option key={id} value={id}>
                user {id}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div className="posts">
        {found.map((post) => (
          <Post key={post.id} post={post} />
        ))}
      </div>
    </>
  );
}

const matches = ({ userId, title, body }, text, author) =>
  (!author || userId === Number(author)) && (!text || `${title}\n${body}`.toLowerCase().includes(text));

const Post = memo(function Post({ post: { userId, title, body } }) {
  return (
    <article className="post">
      <h2>{title}</h2>
      <p className="post-author">by user {userId}</p>
      <p className="post-body">{body}</p>
    </article>
  );
});
