import "@cloudscape-design/global-styles/index.css";
import "./app/app.css";
import Alert from "@cloudscape-design/components/alert";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { Landing } from "./app/Landing";
import { showTheme } from "./app/theme";
import { readEnvironment } from "./environment";

function page() {
  try {
    return <App environment={readEnvironment()} />;
  } catch (error) {
    return (
      <Landing>
        <Alert type="error" header="This installation is not set up">
          What env.js says cannot be used: {(error as Error).message}. Whoever deployed LISA can
          write it anew by deploying the web application again.
        </Alert>
      </Landing>
    );
  }
}

showTheme();
const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode>{page()}</StrictMode>);
