import jwt from "jsonwebtoken";
export const isJwtExpired = (token) => {
  const currentTime = Math.round(Date.now() / 1000 + 60);
  const decoded = jwt.decode(token);
  return !decoded?.exp || decoded.exp < currentTime;
};
export const makeUrl = (...e) =>
  e.reduce((p, c) => (p.length === 0 ? p + c : p.endsWith("/") ? p + c + "/" : p + "/" + c + "/"), "");
