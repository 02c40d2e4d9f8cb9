import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
// The stylesheets of the app that is measured against this one.
import "../../../../../static/app.css";
import "../../../../../static/pages.css";
import { App } from "./App";

createRoot(document.getElementById("app")).render(
  <QueryClientProvider client={new QueryClient()}>
    <BrowserRouter>
      <App />
    </BrowserRouter>
  </QueryClientProvider>,
);
