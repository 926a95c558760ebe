// The machine's own Chromium (Debian's), driven by playwright-core. CHROMIUM names another one.

import { readdirSync, readFileSync } from "node:fs";
import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
const usual = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser of playwright-core. `options` go to playwright's `launch`. */
export function launch({ args = [], ...options } = {}) {
  return chromium.launch({ executablePath: program, headless: true, args: [...usual, ...args], ...options });
}

/** A browser on a profile that outlives it; `kill()` ends all of its processes at once. */
export async function launchOn(profile, { args = [], ...options } = {}) {
  const all = { executablePath: program, headless: true, args: [...usual, ...args], ...options };
  const context = await chromium.launchPersistentContext(profile, all);
  // playwright starts it in a process group of its own and does not say which; Chromium notes it in its lock.
  const group = Number((await readlink(join(profile, "SingletonLock"))).split("-").at(-1));
  return {
    context,
    /** Ends it as a crash would: nobody is asked, nothing is written any more. */
    async kill() {
      if (isThere(group)) process.kill(-group, "SIGKILL");
      while (isThere(group)) await pause(5);
      await context.close().catch(() => {});
    },
  };
}

/** Whether a process of the group is left that could still write. A dead one that nobody reaps cannot. */
function isThere(group) {
  return readdirSync("/proc").some((process) => {
    try {
      const [state, , its] = readFileSync(`/proc/${process}/stat`, "utf8").split(") ").at(-1).split(" ");
      return state !== "Z" && its === String(group);
    } catch {
      return false;
    }
  });
}
