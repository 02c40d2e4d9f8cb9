import { useEffect } from "react";
import { useNavigate } from "react-router";
import { handleCallback } from "../../../common/auth.js";

let handled;

export function Callback() {
  const navigate = useNavigate();
  useEffect(() => {
    // Effects run twice in development; a code is good once.
    handled ??= handleCallback();
    handled.then(
      (page) => navigate(page, { replace: true }),
      () => navigate("/sign-in", { replace: true }),
    );
  }, [navigate]);
  return <p className="loading">One moment…</p>;
}
