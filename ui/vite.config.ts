import { paraglideVitePlugin } from "@inlang/paraglide-js";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The daemon a development server talks to.
const daemon = process.env.SWITCHYARD_DAEMON ?? "http://127.0.0.1:7420";

/**
 * The desktop window freezes `Object.prototype` before the console starts. d3-color assigns `prototype.constructor`,
 * which then throws because the inherited property is read-only; defining it does the same and may. Goes when d3-color
 * no longer assigns it: the build says so.
 */
function frozenPrototypes(): Plugin {
  const assignment = "prototype.constructor = constructor;";
  const definition =
    'Object.defineProperty(prototype, "constructor", { value: constructor, writable: true, configurable: true });';
  return {
    name: "frozen-prototypes",
    apply: "build",
    transform(code, id) {
      if (!/\/d3-color\/dist\/d3-color\.m?js/.test(id)) {
        return null;
      }
      if (!code.includes(assignment)) {
        this.error("d3-color no longer assigns prototype.constructor: remove this plugin");
      }
      return { code: code.replace(assignment, definition), map: null };
    },
  };
}

export default defineConfig(({ mode }) => ({
  // Tests need no plugin: `pretest` compiles the messages, and styles are not drawn.
  plugins:
    mode === "test"
      ? []
      : [
          paraglideVitePlugin({
            project: "./project.inlang",
            outdir: "./src/paraglide",
            strategy: ["localStorage", "preferredLanguage", "baseLocale"],
            emitTsDeclarations: true,
          }),
          react(),
          tailwindcss(),
          frozenPrototypes(),
        ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  define: {
    // The gallery of components is for people who build the console; release builds leave it out.
    __GALLERY__: JSON.stringify(mode !== "production" || process.env.SWITCHYARD_GALLERY === "1"),
    __VERSION__: JSON.stringify(process.env.npm_package_version ?? "0.0.0"),
  },
  build: {
    // WebKitGTK 2.50 and every current browser: nothing has to be lowered, `light-dark()` stays as written.
    target: ["chrome123", "safari17.5", "firefox121"],
    sourcemap: false,
    // Assets stay files: the content security policy has no `data:` for fonts or scripts.
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
      },
    },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    strictPort: true,
    proxy: { "/api": { target: daemon, changeOrigin: false } },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // Whole screens on a busy machine; a test that waits for nothing fails by its own wait, not by this.
    testTimeout: 60_000,
    css: false,
  },
}));
