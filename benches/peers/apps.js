// The apps that are measured: where their builds are, and how a person signs in.

import path from "node:path";

import { readFolder } from "./server/files.js";

const FOLDER = path.join(import.meta.dirname, "apps");
const build = (...parts) => path.join(FOLDER, ...parts);

/** For what makes markup or scripts' addresses out of strings, and does not start where Trusted Types are required. */
const WITHOUT_TRUSTED_TYPES = { trustedTypes: false };

/** One page for every address of the app. */
function singlePage(folder, policy) {
  const files = readFolder(folder, { policy });
  return { file: (url) => files.get(url) ?? (path.posix.extname(url) ? undefined : files.get("/index.html")) };
}

function nextSite(server) {
  const pages = readFolder(build("next/.next/server/pages"), { policy: WITHOUT_TRUSTED_TYPES });
  const files = readFolder(build("next/.next/static"), { base: "/_next/static/", isImmutable: () => true });
  const page = (url) => pages.get(`${url === "/" ? "/index" : url}.html`);
  return { file: (url) => files.get(url) ?? page(url), isForwarded: (url) => url.startsWith("/api/auth/"), server };
}

async function signInByForm(page, origin) {
  await page.goto(`${origin}/sign-in?next=%2Fposts`);
  await page.fill("input[name=username]", "demo");
  await page.fill("input[name=password]", "demo-password");
  await page.click("button[type=submit]");
}

async function signInByButtons(page, origin, ...buttons) {
  await page.goto(`${origin}/posts`);
  for (const button of buttons) await page.click(button);
}

/** The app under test comes first; the first React app is the one that ratios are told of by default. */
export function listApps({ dist, nextServer }) {
  return [
    { name: "yew", title: "Yew, this app", site: () => singlePage(dist), signIn: signInByForm, hasForm: true },
    {
      name: "react-oidc",
      title: "React, react-oidc-context (bare)",
      site: () => singlePage(build("react-bare/dist/oidc")),
      signIn: (page, origin) => signInByButtons(page, origin, "text=Sign in"),
    },
    {
      name: "react-query",
      title: "React, TanStack Query (bare)",
      site: () => singlePage(build("react-bare/dist/query")),
      signIn: (page, origin) => signInByButtons(page, origin, "button"),
    },
    {
      name: "react-app",
      title: "React, the same app",
      site: () => singlePage(build("react-app/dist")),
      signIn: signInByForm,
      hasForm: true,
    },
    {
      name: "next",
      title: "Next.js, next-auth (bare)",
      site: () => nextSite(nextServer),
      signIn: (page, origin) => signInByButtons(page, origin, "text=Sign in", "text=Sign in with"),
    },
    {
      name: "solid",
      title: "Solid (bare)",
      site: () => singlePage(build("solid/dist"), WITHOUT_TRUSTED_TYPES),
      signIn: (page, origin) => signInByButtons(page, origin, "button"),
    },
  ];
}
