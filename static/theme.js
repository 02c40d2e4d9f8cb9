// Applies the chosen theme before the first paint. Without a choice, the system decides (styles/tokens.css). The choice is a select
// with the id "theme" in index.html, which the app keeps.
(() => {
  const KEY = "yew-auth.theme";
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return ""; // Blocked: the choice lasts as long as the page.
    }
  };
  const show = (value) => {
    const theme = ["light", "dark"].includes(value) ? value : "";
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      const own = meta.dataset.theme;
      meta.media = theme ? (own === theme ? "all" : "not all") : `(prefers-color-scheme: ${own})`;
    }
    const choice = document.getElementById("theme");
    if (choice) choice.value = theme;
  };
  show(stored());
  document.addEventListener("DOMContentLoaded", () => show(stored()));
  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) show(stored());
  });
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "theme") return;
    show(target.value);
    try {
      if (target.value) localStorage.setItem(KEY, target.value);
      else localStorage.removeItem(KEY);
    } catch {
      // Blocked: see above.
    }
  });
})();
