// Debian's WebKitGTK in its own MiniBrowser, driven over WebDriver, on a display that nobody sees.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./portal.mjs";
import { visits } from "./webdriver.mjs";

export const driver = "/usr/bin/WebKitWebDriver";
export const display = "/usr/bin/Xvfb";

/** Debian puts it into a folder with the library's version in its name, beside the library. */
export function miniBrowser() {
  const folders = readdirSync("/usr/lib").map((folder) => join("/usr/lib", folder)).filter((folder) => /-linux-/.test(folder));
  const found = folders.flatMap((folder) =>
    readdirSync(folder).filter((name) => /^webkit2?gtk-/.test(name)).map((name) => join(folder, name, "MiniBrowser")));
  return found.find(existsSync);
}

const COMMANDS = {
  navigate: () => ["POST", "url"],
  refresh: () => ["POST", "refresh"],
  script: () => ["POST", "execute/async"],
  click: ({ id }) => ["POST", `element/${id}/click`],
  type: ({ id }) => ["POST", `element/${id}/value`],
  actions: () => ["POST", "actions"],
  screenshot: () => ["GET", "screenshot"],
};

/** A browser that forgets everything in the end. `storage: false` is one that lets pages keep nothing. */
export async function launch({ storage = true } = {}) {
  const screen = spawn(display, ["-displayfd", "3", "-screen", "0", "1100x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  outlived(screen);
  const [number] = await once(screen.stdio[3], "data");
  screen.stdio[3].unref();
  const port = await freePort();
  const child = spawn(driver, [`--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: `:${String(number).trim()}`, GDK_BACKEND: "x11" },
  });
  outlived(child);
  const call = calls(`http://127.0.0.1:${port}`);
  await answering(call, child);
  const { sessionId, capabilities } = await call("POST", "session", {
    capabilities: {
      alwaysMatch: {
        "webkitgtk:browserOptions": {
          binary: miniBrowser(),
          args: ["--automation", ...(storage ? [] : ["--features=-IndexedDBAPI"])],
        },
      },
    },
  });
  const session = `session/${sessionId}`;
  await call("POST", `${session}/timeouts`, { script: 120_000 });
  await call("POST", `${session}/window/rect`, { x: 0, y: 0, width: 1000, height: 900 });

  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    visit: visits((command, parameters) => {
      const [method, path] = COMMANDS[command](parameters);
      return call(method, `${session}/${path}`, method === "GET" ? undefined : parameters);
    }),
    async close() {
      await call("DELETE", session);
      for (const one of [child, screen]) {
        one.ref();
        const gone = once(one, "exit");
        one.kill();
        await gone;
      }
    },
  };
}

/** Whatever fails from here on, `child` neither keeps the tests from ending nor outlives them. */
function outlived(child) {
  child.unref();
  process.once("exit", () => child.kill());
}

function calls(base) {
  return async (method, path, body) => {
    const response = await fetch(`${base}/${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
}

async function answering(call, child) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${driver} ended with ${child.exitCode}`);
    try {
      await call("GET", "status");
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error(`${driver} does not answer`);
}
