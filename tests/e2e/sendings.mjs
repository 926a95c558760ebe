// Many nominations over a bad line, through the real page: filled in, sent while files are still under way, reloaded
// and taken back in the middle. Afterwards the host's own rows are held against what each page was told.

import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chance } from "./chance.mjs";
import { launch } from "./chromium.mjs";
import { files, pdf, workerWhole } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";
import { badLine, tally } from "./proxy.mjs";

/** A line of figures after each batch. */
const RECORDS = join(dirname(fileURLToPath(import.meta.url)), "shots", "sendings.jsonl");
/** How many nominations one host takes: it lists no more than 1000, and a nomination may have several editions. */
const BATCH = 25;
/** How long a page may be tormented before the line is calm, in milliseconds. */
const ROUGH_MS = 15_000;
/** How long it may take after that: what the form waits for by then, and the sending itself. */
const PATIENCE_MS = 120_000;
/** What was done so long before a reload is kept for certain, in milliseconds. */
const COMMITTED_MS = 1_000;

/** Sends `count` nominations, on `pages` pages at once. Gives the figures, and every fault found, in words. */
export async function sendings({ count, seed = 1, pages = 4, reloads = true }) {
  const began = Date.now();
  await mkdir(dirname(RECORDS), { recursive: true });
  const [browser, paper] = [await launch(), await files()];
  const photo = await readFile(paper.photo);
  const sum = { sendings: 0, requests: 0, struck: {}, repeats: 0, reloads: 0, editions: 0, returned: 0, losses: 0, doubles: 0, faults: [] };
  for (let first = 0; first < count; first += BATCH) {
    const host = await portal();
    const numbers = range(first, Math.min(count, first + BATCH));
    const sent = [];
    const desk = async (at) => {
      const line = await badLine(host.url, { seed: seed + first + at });
      const luck = chance((seed + first + at) * 7919);
      for (let number; (number = numbers.shift()) !== undefined; ) {
        sent.push(await sending({ browser, line, luck, number, photo, reloads, sum }).catch((error) => {
          sum.faults.push(`${number}: ${error.message}`);
          return { number, text: null };
        }));
        // Whatever is late may only come now, and must change nothing.
        await line.calm();
      }
      add(sum, tally(line.log));
      await line.close();
    };
    await Promise.all(range(0, pages).map(desk));
    await check(host, sent, sum);
    await host.close();
    // What was found so far counts, should the run be broken off.
    await appendFile(RECORDS, `${JSON.stringify({ seed, ...sum })}\n`);
  }
  await browser.close();
  return { ...sum, seconds: Math.round((Date.now() - began) / 1000) };
}

/** One nomination, from the empty page to the receipt. Gives what the page was told, and what it showed. */
async function sending({ browser, line, luck, number, photo, reloads, sum }) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "zh-CN" });
  try {
    const person = new Person(await context.newPage());
    const sheets = {
      photo: { name: "照片.png", mimeType: "image/png", buffer: photo },
      discipline_letter: document(`letter ${number}`, luck.between(1_000, 400_000)),
      notice_material: document(`notice ${number}`, luck.between(1_000, 50_000)),
    };
    let edition = 1;
    const text = () => `${marker(number)}第${edition}版`;
    line.rough();
    await person.open(line.url);
    await person.put({ ...workerWhole, workplace: text() });
    for (const [slot, file] of Object.entries(sheets)) await person.attach(slot, file);
    await read(person);
    if (luck.often(0.3)) await pause(luck.between(0, 3000));
    let pressed = await press(person);

    const until = Date.now() + ROUGH_MS;
    while (!(await submitted(person, luck.between(200, 2500)))) {
      if (Date.now() > until + PATIENCE_MS) throw new Error(`still ${await person.stage()}`);
      const settled = Date.now() - pressed > COMMITTED_MS;
      const turn = Date.now() > until ? "calm" : luck.draw({ wait: 3, reload: reloads ? 4 : 0, back: 2 });
      if (turn === "calm") await line.calm();
      // What was written over is in the draft only after a moment: the first edition may be reloaded at any time.
      if (turn === "reload" && (settled || edition === 1)) {
        const before = await person.stage();
        sum.reloads += 1;
        await person.page.reload();
        if ((await person.resume()) === "filling" && before !== "filling" && settled) {
          sum.faults.push(`${number}: was ${before} before a reload and is not after it; its files: ${await uploads(person)}`);
        }
      }
      if (turn === "back" && (await back(person))) {
        edition += 1;
        sum.editions += 1;
      }
      if ((await person.stage()) === "filling") {
        if (turn !== "back") sum.returned += 1;
        await person.type("workplace", text());
        await read(person);
        pressed = await press(person);
      }
    }
    const receipt = await person.page.evaluate(() => document.querySelector("nomination-form").dataset.receipt);
    return { number, text: text(), receipt, sheets };
  } finally {
    await context.close();
  }
}

/** Holds the host's rows against what was sent: each nomination once, in its last edition, with its files. */
async function check(host, sent, sum) {
  const rows = await host.nominations();
  if (rows.length >= 1000) throw new Error("the host may hold more rows than it lists");
  for (const { number, text, receipt, sheets } of sent) {
    sum.sendings += 1;
    const fault = (words) => sum.faults.push(`${number}: ${words}`);
    const mine = rows.filter(({ answers }) => answers.workplace.startsWith(marker(number)));
    const newest = mine.reduce((best, row) => (best && best.revision > row.revision ? best : row), undefined);
    if (!newest || (text && newest.receipt !== receipt)) {
      sum.losses += 1;
      fault(`the page has ${receipt}, the host ${newest?.receipt}`);
    }
    const editions = new Set(mine.map(({ id, revision }) => `${id}.${revision}`)).size;
    const ids = new Set(mine.map(({ id }) => id)).size;
    sum.doubles += mine.length - editions + Math.max(0, ids - 1);
    if (!newest || !text) continue;
    if (newest.answers.workplace !== text) fault(`the host has ${newest.answers.workplace}, the page showed ${text}`);
    const shown = await host.nomination(newest.id);
    if (shown.revision !== newest.revision) fault(`the host shows edition ${shown.revision} of ${newest.revision}`);
    for (const [slot, { buffer }] of Object.entries(sheets)) {
      const named = newest.attachments.filter((attachment) => attachment.slot === slot);
      if (named.length !== 1) fault(`${slot}: ${named.length} files`);
      for (const { upload, sha256 } of named) {
        const kept = digest(await host.file(upload));
        if (kept !== sha256 || kept !== digest(buffer)) fault(`${slot}: the host has other bytes`);
      }
    }
  }
}

/** The figures, in a line. */
export function summary({ sendings, requests, struck, repeats, reloads, editions, returned, losses, doubles, seconds }) {
  const faults = Object.entries(struck).sort().map(([kind, times]) => `${kind} ${times}`);
  return `${sendings} sendings: ${requests} requests, ${reloads} reloads, ${editions} taken back and sent anew, ` +
    `${returned} pressed again, ` +
    `faults ${Object.values(struck).reduce((a, b) => a + b, 0)} (${faults.join(", ")}), ` +
    `${repeats} repeats seen by the host, losses ${losses}, doubles ${doubles}, ${seconds} s`;
}

const marker = (number) => `街道${String(number).padStart(5, "0")}号`;

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

const document = (title, bytes) => ({ name: "材料.pdf", mimeType: "application/pdf", buffer: pdf(title, bytes) });

const range = (from, to) => Array.from({ length: to - from }, (_, at) => from + at);

function add(sum, { requests, struck, repeats }) {
  sum.requests += requests;
  sum.repeats += repeats;
  for (const [kind, times] of Object.entries(struck)) sum.struck[kind] = (sum.struck[kind] ?? 0) + times;
}

/** Waits until every chosen file has been read: before that it counts as missing. */
async function read(person) {
  await person.page.waitForFunction(() =>
    !document.querySelector("nomination-form").shadowRoot.querySelector('[data-upload="reading"]'));
}

/** Presses the button that sends. Nothing here is wrong with the form, so it must not stay. */
async function press(person) {
  await person.act("submit");
  if ((await person.stage()) === "filling") throw new Error(`not sent for ${await person.problems()}`);
  return Date.now();
}

/** Whether the receipt is there within so many milliseconds. */
async function submitted(person, milliseconds) {
  const arrived = person.state("submitted", milliseconds);
  return arrived.then(() => true, () => false);
}

/** How far each file is. */
const uploads = (person) =>
  person.page.$$eval("[data-upload]", (files) => files.map((file) => file.dataset.upload).join());

/** Goes back to the form, where the form just now offers that. */
async function back(person) {
  return person.page.evaluate(() => {
    const button = document.querySelector("nomination-form").shadowRoot.querySelector("[data-action=back]");
    button?.click();
    return Boolean(button);
  });
}
