import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Fonts that are never shown: Cloudscape's eight faces of Open Sans, KaTeX's faces for old browsers. */
function withoutFonts(): Plugin {
  return {
    name: "without-fonts",
    enforce: "pre",
    transform(code, id) {
      const [file = ""] = id.split("?");
      if (/cloudscape-design.*\.css$/.test(file) && code.includes("@font-face")) {
        return { code: code.replace(/@font-face\s*\{[^}]*\}/g, ""), map: null };
      }
      if (/katex.*\.css$/.test(file)) {
        const old = /,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g;
        return { code: code.replace(old, ""), map: null };
      }
      return null;
    },
  };
}

// Hash routes and relative chunks: only index.html must know where it stands, which a deployment writes into it.
export default defineConfig(({ command }) => ({
  base: command === "build" ? "./" : "/",
  plugins: [withoutFonts(), react()],
  resolve: { alias: { "@": new URL("src", import.meta.url).pathname } },
  build: {
    target: "es2022",
    // A browser may ask for a font as */*, which API Gateway would take for text.
    assetsInlineLimit: (file) => (file.endsWith(".woff2") ? true : undefined),
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: "jsdom",
    globals: true,
    setupFiles: ["src/test/setup.ts"],
    // A form that is filled in key by key takes seconds where others use the cores, too.
    testTimeout: 20_000,
    server: { deps: { inline: [/@cloudscape-design\//] } },
  },
}));
