// The page and the command, held together over a folder of files: what the browser decodes and what the
// native decoder does must come to the same finding, in the same words.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const command = process.env.NOMINATION ?? join(root, "target/release/nomination");
const maker = process.env.PICTURES ?? join(root, "target/release/examples/pictures");

/** The command takes what campaigns usually ask for; this one asks for just that. */
const slots = {
  documents: ["jpeg", "png", "pdf", "docx", "doc"],
  recordings: ["mp4", "m4a", "wav", "mp3"],
};
const campaign = {
  format: "campaign/1",
  id: "nm2022",
  revision: 1,
  title: "附件",
  reference_date: "2022-08-20",
  deadline: "2022-08-20",
  tracks: [
    {
      id: "nm2022.worker",
      title: "附件",
      form: "附件1",
      sections: [
        {
          id: "files",
          title: "附件",
          fields: Object.entries(slots).map(([key, formats]) => ({
            key,
            // What the command calls a file.
            label: "材料",
            type: { file: { formats, max_files: 200 } },
            source: "inferred",
          })),
        },
      ],
    },
  ],
};

let browser, host, folder, paths, told;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nf-pictures-"));
  execFileSync(maker, [folder]);
  paths = (await readdir(folder)).sort().map((name) => join(folder, name));
  told = inspect(paths);
  [browser, host] = [await launch(), await portal()];
});
after(async () => {
  await browser.close();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the command says of each file. */
function inspect(files) {
  const { status, stdout, stderr } = spawnSync(command, ["inspect", ...files], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [1, ""]);
  return stdout.trim().split("\n").map((line) => {
    const { file, ...found } = JSON.parse(line);
    return found;
  });
}

/** What the page says of each file, as the command would put it. */
async function pageSays(page) {
  const { attachments, problems } = await page.evaluate(() =>
    document.querySelector("nomination-form").toJSON());
  return attachments.map(({ format, bytes, sha256, image, duration_ms }, index) => ({
    format,
    bytes,
    sha256,
    ...image,
    ...(duration_ms === undefined ? {} : { duration_ms }),
    problems: problems
      .filter(({ path }) => path === `/attachments/${index}`)
      .map(({ code, severity, message }) => ({ code, severity, message })),
  }));
}

describe("a folder of files", () => {
  it("is found to be the same by the page and by the command", async () => {
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await context.newPage();
    await page.route("**/campaigns/*.json", (route) => route.fulfill({ json: campaign }));
    const person = new Person(page);
    await person.open(`${host.url}/`);
    for (const [index, path] of paths.entries()) {
      const slot = slots.recordings.includes(told[index].format) ? "recordings" : "documents";
      await person.attach(slot, path);
      await page.waitForFunction(
        (count) => document.querySelector("nomination-form").toJSON().attachments.length === count,
        index + 1,
      );
    }
    const page_says = await pageSays(page);
    assert.ok(paths.length > 70, `only ${paths.length} files were made`);
    const different = paths.flatMap((path, index) => {
      const [shown, said] = [page_says[index], told[index]].map(sorted);
      return shown === said ? [] : [`${basename(path)}: the page ${shown}, the command ${said}`];
    });
    assert.deepEqual(different, []);
    // And the person sees those words.
    const words = await page.evaluate(() => {
      const root = document.querySelector("nomination-form").shadowRoot;
      return [...root.querySelectorAll(".field__problems [data-rule]")].map((shown) => shown.textContent);
    });
    const messages = told.flatMap(({ problems }) => problems.map(({ message }) => message));
    const unseen = messages.filter((message) => !words.some((shown) => shown.includes(message)));
    assert.deepEqual(unseen, []);
    await context.close();
  });
});

/** One text for what is equal, whatever the order of the keys. */
function sorted(found) {
  return JSON.stringify(Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1))));
}
