import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
// The stylesheets of the app that is measured against this one.
import "../../../../../static/styles/tokens.css";
import "../../../../../static/styles/base.css";
import "../../../../../static/styles/frame.css";
import "../../../../../static/styles/controls.css";
import "../../../../../static/styles/messages.css";
import "../../../../../static/styles/posts.css";
import "../../../../../static/styles/forced_colors.css";
import "../../../../../static/styles/lazy/pages.css";
import "../../../../../static/styles/lazy/dialogs.css";
import "../../../../../static/styles/lazy/inspector.css";
import "../../../../../static/styles/lazy/forced_colors.css";
import { App } from "./App";

createRoot(document.getElementById("app")).render(
  <QueryClientProvider client={new QueryClient()}>
    <BrowserRouter>
      <App />
    </BrowserRouter>
  </QueryClientProvider>,
);
