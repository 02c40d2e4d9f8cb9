import { post } from "../../../common/auth.js";
import { Form } from "../Form";
import { useSession } from "../auth";

const FIELDS = [
  { name: "current-password", label: "Current password", type: "password", autoComplete: "current-password" },
  {
    name: "new-password",
    label: "New password",
    type: "password",
    autoComplete: "new-password",
    hint: "At least 8 characters.",
  },
];

const changePassword = ({ "current-password": old, "new-password": fresh }) =>
  post("/auth/password/change/", { old_password: old, new_password1: fresh, new_password2: fresh });

export function Account() {
  const { user } = useSession();
  return (
    <>
      <h1>Account</h1>
      <p className="soft">
        Signed in as {user.username} ({user.email})
      </p>
      <section className="part" aria-labelledby="password-heading">
        <h2 id="password-heading">Password</h2>
        <Form fields={FIELDS} submit="Change password" done="Your password is changed." send={changePassword} />
      </section>
    </>
  );
}
