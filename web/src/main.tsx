import { createRoot } from "react-dom/client";
import { App } from "./shell/app.tsx";
import "./style/base.css";
import "./style/pages.css";
import "./style/review.css";

createRoot(document.getElementById("root")!).render(<App />);
