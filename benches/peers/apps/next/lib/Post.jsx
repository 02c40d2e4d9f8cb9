export default function Post({ post: { userId, body, title } }) {
  return (
    <div className="post">
      <h3>Post Title: {title}</h3>
      <em>by User {userId}</em>
      <h5>{body}</h5>
      <hr />
    </div>
  );
}
