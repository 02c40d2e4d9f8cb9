import { Link } from "react-router";
import { post } from "../../../common/auth.js";
import { Form } from "../Form";

const FIELDS = [{ name: "email", label: "Email", type: "email", autoComplete: "email" }];

export function PasswordForgotten() {
  return (
    <div className="card">
      <h1>Forgot your password?</h1>
      <Form
        fields={FIELDS}
        submit="Send the link"
        done="Check your email."
        send={({ email }) => post("/auth/password/reset/", { email })}
      />
      <p className="card-foot">
        <Link to="/sign-in">Back to sign in</Link>
      </p>
    </div>
  );
}
