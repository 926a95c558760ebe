// Debian's Firefox, driven over Marionette: WebDriver's commands as geckodriver passes them on, which Debian does not
// ship. FIREFOX names another one.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { visits } from "./webdriver.mjs";

export const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

const usual = {
  "marionette.port": 0,
  "intl.accept_languages": "zh-CN",
  "app.normandy.enabled": false,
  "services.settings.server": "data:,",
};

const COMMANDS = {
  navigate: "WebDriver:Navigate",
  refresh: "WebDriver:Refresh",
  script: "WebDriver:ExecuteAsyncScript",
  click: "WebDriver:ElementClick",
  type: "WebDriver:ElementSendKeys",
  actions: "WebDriver:PerformActions",
  screenshot: "WebDriver:TakeScreenshot",
};

/** A browser with a profile of its own. `storage: false` is one that lets pages keep nothing. */
export async function launch({ storage = true } = {}) {
  const profile = await mkdtemp(join(tmpdir(), "nf-firefox-"));
  // 2 is what a person sets who blocks all cookies and data of websites.
  const prefs = { ...usual, "network.cookie.cookieBehavior": storage ? 5 : 2 };
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  const child = spawn(program, ["--headless", "--marionette", "--profile", profile], {
    stdio: "ignore",
    env: { ...process.env, MOZ_HEADLESS_WIDTH: "1000", MOZ_HEADLESS_HEIGHT: "900" },
  });
  // Whatever fails from here on, it neither keeps the tests from ending nor outlives them.
  child.unref();
  process.once("exit", () => child.kill("SIGKILL"));
  const line = await marionette(await portOf(profile, child));
  const { capabilities } = await line.call("WebDriver:NewSession", { strictFileInteractability: false });
  await line.call("WebDriver:SetTimeouts", { script: 120_000 });
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    visit: visits(async (command, parameters) => (await line.call(COMMANDS[command], parameters)).value),
    async close() {
      child.ref();
      const gone = once(child, "exit");
      await line.call("Marionette:Quit", { flags: ["eForceQuit"] });
      await gone;
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function portOf(profile, child) {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    const port = Number(await readFile(join(profile, "MarionetteActivePort"), "utf8").catch(() => ""));
    if (port) return port;
    await pause(50);
  }
  throw new Error(`${program} does not open Marionette's port`);
}

/** Marionette: messages of JSON with their length in bytes before them, as in `11:[0,1,"…",{}]`. */
async function marionette(port) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "data");
  const asked = new Map();
  let [rest, last] = [Buffer.alloc(0), 0];
  socket.on("data", (more) => {
    rest = Buffer.concat([rest, more]);
    for (let message = first(); message; message = first()) answered(JSON.parse(message));
  });

  function first() {
    const colon = rest.indexOf(":");
    const end = colon + 1 + Number(rest.subarray(0, colon));
    if (colon < 0 || rest.length < end) return undefined;
    const message = rest.subarray(colon + 1, end);
    rest = rest.subarray(end);
    return message;
  }

  function answered([, id, error, value]) {
    const { name, done, fail } = asked.get(id);
    asked.delete(id);
    if (error) fail(new Error(`${name}: ${error.error}: ${error.message}`));
    else done(value);
  }

  socket.on("close", () => {
    for (const { name, fail } of asked.values()) fail(new Error(`${name}: the browser is gone`));
  });

  return {
    call: (name, parameters = {}) => new Promise((done, fail) => {
      last += 1;
      asked.set(last, { name, done, fail });
      const message = Buffer.from(JSON.stringify([0, last, name, parameters]));
      socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
    }),
  };
}
