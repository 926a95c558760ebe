// The machine's own Chromium (Debian's), driven by playwright-core. CHROMIUM names another one.

import { chromium } from "playwright-core";

/** A browser of playwright-core. `options` go to playwright's `launch`. */
export function launch({ args = [], ...options } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...args,
    ],
    ...options,
  });
}
