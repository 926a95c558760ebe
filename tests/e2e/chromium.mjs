// The machine's own Chromium (Debian's), driven by playwright-core. CHROMIUM names another one.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
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

/** A browser on a profile that outlives it, with all its processes in a group of their own; `kill()` ends them at once. */
export async function launchOn(profile, options) {
  // On a busy machine one in some hundreds starts does not come to answering; the profile is the same afterwards.
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(profile, options);
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

async function startOn(profile, { args = [] } = {}) {
  const child = spawn(program, [...usual, ...args, `--user-data-dir=${profile}`, "--remote-debugging-port=0"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = new Promise((exited) => child.once("exit", exited));
  let browser;
  /** Ends it as a crash would: nobody is asked, nothing is written any more. */
  async function kill() {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    await gone;
    await groupGone(child.pid);
    await browser?.close().catch(() => {});
  }
  try {
    browser = await chromium.connectOverCDP(await devTools(child), { timeout: 20_000 });
    return { context: browser.contexts()[0], kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** The address that a starting browser says it listens on. */
function devTools(child) {
  return new Promise((found, failed) => {
    let said = "";
    child.stderr.on("data", (piece) => {
      said += piece;
      const address = /DevTools listening on (ws:\S+)/.exec(said);
      if (address) found(address[1]);
    });
    child.once("exit", (code) => failed(new Error(`chromium ended with ${code}: ${said.slice(-2000)}`)));
  });
}

/** Waits until no process of the group is left that could still write. A dead one that nobody reaps cannot. */
async function groupGone(group) {
  const lives = (process) => {
    try {
      const [state, , its] = readFileSync(`/proc/${process}/stat`, "utf8").split(") ").at(-1).split(" ");
      return state !== "Z" && its === String(group);
    } catch {
      return false;
    }
  };
  while (readdirSync("/proc").some(lives)) await pause(5);
}
