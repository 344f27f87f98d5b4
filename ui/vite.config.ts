import { paraglideVitePlugin } from "@inlang/paraglide-js";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The daemon a development server talks to.
const daemon = process.env.SWITCHYARD_DAEMON ?? "http://127.0.0.1:7420";

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
    testTimeout: 20_000,
    css: false,
  },
}));
