/** The host this console runs in, chosen once. */
import { browserPlatform } from "./browser";
import { desktopPlatform, insideDesktop } from "./tauri";
import type { Platform } from "./types";

function choose(): Platform {
  return insideDesktop() && window.__SWITCHYARD__ ? desktopPlatform(window.__SWITCHYARD__.key) : browserPlatform();
}

export const platform: Platform = choose();
