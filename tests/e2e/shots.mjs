// The set of pictures to judge the looks by: `make shots`. Every state at every width, light and with forced colours,
// usual and large text; they land in tests/e2e/shots/set/.

import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { files, workerWhole } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "shots/set");
const widths = [320, 375, 768, 1280];
const colours = { light: {}, contrast: { forcedColors: "active" } };
const sizes = ["usual", "large"];

const half = Object.fromEntries(Object.entries(workerWhole).slice(0, 14));
half.phone = "1380013";

/** What is done to come to each state from the one before. */
const states = {
  async empty() {},
  async half(person) {
    await person.put(half);
  },
  async problems(person) {
    await person.act("submit");
    await person.until("#summary a");
  },
  async reviewed(person, paper) {
    await person.put(workerWhole);
    await person.upload("photo", paper.photo);
    await person.upload("discipline_letter", paper.letter);
    await person.upload("notice_material", paper.notice);
    await person.act("review");
    await person.until(".review:not([hidden]) [data-line]");
  },
  async sent(person) {
    await person.send();
  },
};

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const [browser, host, paper] = [await launch(), await portal(), await files()];
for (const width of widths) {
  for (const [colour, options] of Object.entries(colours)) {
    for (const size of sizes) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN", ...options });
      const page = await context.newPage();
      const person = new Person(page);
      await person.open(host.url);
      if (size === "large") await person.act("text-size");
      for (const [state, reach] of Object.entries(states)) {
        await reach(person, paper);
        await page.screenshot({ path: join(folder, `${state}-${width}-${colour}-${size}.png`), fullPage: true });
      }
      console.log(`${width} px, ${colour}, ${size}`);
      await context.close();
    }
  }
}
await browser.close();
await host.close();
