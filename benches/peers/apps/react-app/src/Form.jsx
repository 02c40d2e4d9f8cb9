import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

/** A form with one row per field; `send` gets what was typed. */
export function Form({ fields, submit, done, send }) {
  const [values, setValues] = useState(() =>
    Object.fromEntries(fields.map(({ name, initial = "" }) => [name, initial])),
  );
  const request = useMutation({ mutationFn: send });
  const onSubmit = (event) => {
    event.preventDefault();
    if (!request.isPending) request.mutate(values);
  };
  return (
    <form onSubmit={onSubmit}>
      {fields.map(({ name, label, type = "text", autoComplete, hint, required = true }) => (
        <div className="field" key={name}>
          <label htmlFor={name}>{label}</label>
          <div className="field-input">
            <input
              id={name}
              name={name}
              type={type}
              autoComplete={autoComplete}
              required={required}
              value={values[name]}
              onChange={({ target }) => setValues((old) => ({ ...old, [name]: target.value }))}
            />
          </div>
          {hint && <p className="field-hint">{hint}</p>}
        </div>
      ))}
      <button className="button" type="submit" aria-busy={request.isPending || undefined}>
        {submit}
      </button>
      <div className="alert-region">
        <div role="alert">{request.isError && <p className="alert">{sentence(request.error)}</p>}</div>
        <div role="status">{request.isSuccess && done && <p className="done">{done}</p>}</div>
      </div>
    </form>
  );
}

const sentence = ({ status }) =>
  status === 400 ? "That did not work. Check what you have typed." : "The server could not be reached. Try again.";
