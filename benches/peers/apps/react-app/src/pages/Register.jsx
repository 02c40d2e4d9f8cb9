import { Link } from "react-router";
import { post } from "../../../common/auth.js";
import { Form } from "../Form";

const FIELDS = [
  { name: "username", label: "Username", autoComplete: "username", hint: "Letters, digits and @ . + - _" },
  { name: "email", label: "Email", type: "email", autoComplete: "email" },
  {
    name: "password",
    label: "Password",
    type: "password",
    autoComplete: "new-password",
    hint: "At least 8 characters.",
  },
];

const register = ({ username, email, password }) =>
  post("/auth/registration/", { username, email, password1: password, password2: password });

export function Register() {
  return (
    <div className="card">
      <h1>Create an account</h1>
      <Form fields={FIELDS} submit="Create account" done="Check your email." send={register} />
      <p className="card-foot">
        <span>Already have an account?</span>
        <Link to="/sign-in">Sign in</Link>
      </p>
    </div>
  );
}
