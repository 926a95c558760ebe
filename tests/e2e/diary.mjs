// A person at work who keeps a diary: before each thing done stands what the form is to show after it, and then when
// it was done. What a later page shows is found in it again.

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { pdf } from "./material.mjs";

const TEXTS = ["position", "workplace", "deeds"];
const TABLES = { resume: ["org", "role"], honours: ["issuer", "title"] };
export const SLOTS = ["discipline_letter", "notice_material"];
const LETTERS = [..."她扎根社区十四年走遍了每一个楼栋疫情期间组织志愿者为老人送菜送药abc019，。"];
/** What a person does next, by phase. */
const ACTIONS = {
  typing: { write: 5, erase: 1 },
  rows: { write: 1, addRow: 3, removeRow: 2 },
  files: { choose: 3, removeFile: 1, write: 1 },
  mixed: { write: 5, erase: 1, addRow: 2, removeRow: 1, choose: 1, removeFile: 1 },
};

/** Begins a diary with what the form shows. */
export const begin = async (person) => [{ state: await look(person), done: 0 }];

/** Does one thing of a phase, by chance. */
export const act = (phase, person, diary, luck) => ACT[luck.draw(ACTIONS[phase])](person, diary, luck);

/**
 * How old the oldest change was that is missing, in seconds: 0 where none is, or only one that was not finished.
 * `undefined` where what was found never stood in the form.
 */
export function missing(diary, found, part, moment) {
  const same = ({ state }) => isDeepStrictEqual(part(state), part(found));
  const at = diary.findLastIndex(same);
  if (at < 0) return undefined;
  const next = diary.slice(at + 1).find((entry) => !same(entry) && entry.done !== undefined);
  return next ? (moment - next.done) / 1000 : 0;
}

/** What a person can do. Each notes in the diary what the form shows once it is done, before it begins. */
const ACT = {
  async write(person, diary, luck) {
    const name = place(diary, luck);
    await (await person.find(`[name="${name}"]`)).focus();
    await person.press("Control+End");
    for (let keys = luck.between(3, 15); keys > 0; keys -= 1) {
      const letter = luck.pick(LETTERS);
      await note(diary, (state) => write(state, name, read(state, name) + letter), () => person.page.keyboard.insertText(letter));
      await pause(luck.between(0, 120));
    }
  },
  async erase(person, diary, luck) {
    const name = place(diary, luck);
    await (await person.find(`[name="${name}"]`)).focus();
    await person.press("Control+End");
    for (let keys = luck.between(1, 5); keys > 0 && read(now(diary), name); keys -= 1) {
      await note(diary, (state) => write(state, name, read(state, name).slice(0, -1)), () => person.press("Backspace"));
    }
  },
  async addRow(person, diary, luck) {
    const table = luck.pick(Object.keys(TABLES));
    const rows = now(diary).rows[table];
    if (rows.length >= 6) return;
    const empty = Object.fromEntries(TABLES[table].map((column) => [column, ""]));
    await note(diary, (state) => void state.rows[table].push(empty), () => person.act("add-row", table));
  },
  async removeRow(person, diary, luck) {
    const table = luck.pick(Object.keys(TABLES));
    const rows = now(diary).rows[table];
    if (rows.length === 0) return;
    const at = luck.between(0, rows.length - 1);
    const button = await person.find(`[data-field="${table}.${at}"] [data-action="remove-row"]`);
    await note(diary, (state) => void state.rows[table].splice(at, 1), () => button.click());
  },
  async choose(person, diary, luck) {
    const slot = luck.pick(SLOTS);
    const file = document(luck, 3_000_000);
    // The former file goes at once, the new one is there when it has been read.
    await note(diary, (state) => void delete state.files[slot], () => person.attach(slot, file));
    await note(diary, (state) => void (state.files[slot] = digest(file.buffer)), () =>
      settled(person, `[data-field="${slot}"] [data-upload="reading"]`));
  },
  async removeFile(person, diary, luck) {
    const slot = luck.pick(SLOTS);
    if (!now(diary).files[slot]) return;
    const button = await person.find(`[data-field="${slot}"] [data-action="remove-file"]`);
    await note(diary, (state) => void delete state.files[slot], () => button.click());
  },
};

async function note(diary, change, act) {
  const state = structuredClone(now(diary));
  change(state);
  const entry = { state };
  diary.push(entry);
  await act();
  entry.done = Date.now();
}

/** Whether nothing stands in the form. */
export const isBlank = ({ texts, rows, files }) =>
  [texts, rows, files].every((part) => Object.values(part).every((value) => value.length === 0));

const now = (diary) => diary.at(-1).state;

/** The name of a box to write in: a text, or a cell of a table. */
function place(diary, luck) {
  const { rows } = now(diary);
  const cells = Object.entries(TABLES).flatMap(([table, columns]) =>
    rows[table].flatMap((_, at) => columns.map((column) => `${table}.${at}.${column}`)));
  return luck.pick([...TEXTS, ...cells]);
}

function read(state, name) {
  const [table, at, column] = name.split(".");
  return column ? state.rows[table][at][column] : state.texts[name];
}

function write(state, name, words) {
  const [table, at, column] = name.split(".");
  if (column) state.rows[table][at][column] = words;
  else state.texts[name] = words;
}

/** What the form shows of what is written, and the digests of its files. */
export const look = (person) => person.page.evaluate(({ TEXTS, TABLES, SLOTS }) => {
  const element = document.querySelector("nomination-form");
  const value = (name) => element.shadowRoot.querySelector(`[name="${name}"]`).value;
  const rows = (table, columns) => {
    const all = [];
    while (element.shadowRoot.querySelector(`[data-field="${table}.${all.length}"]`)) {
      all.push(Object.fromEntries(columns.map((column) => [column, value(`${table}.${all.length}.${column}`)])));
    }
    return all;
  };
  const files = element.toJSON().attachments.filter(({ slot }) => SLOTS.includes(slot));
  return {
    texts: Object.fromEntries(TEXTS.map((name) => [name, value(name)])),
    rows: Object.fromEntries(Object.entries(TABLES).map(([table, columns]) => [table, rows(table, columns)])),
    files: Object.fromEntries(files.map(({ slot, sha256 }) => [slot, sha256])),
  };
}, { TEXTS, TABLES, SLOTS });

/** Waits until no file is under way any more. */
export async function settled(person, what = ["reading", "sending", "waiting"].map((name) => `[data-upload="${name}"]`).join()) {
  await person.page.waitForFunction(
    (what) => !document.querySelector("nomination-form").shadowRoot.querySelector(what), what);
}

export const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A document as a file to choose, of at most so many bytes, unlike any other. */
export const document = (luck, most) => ({
  name: "材料.pdf",
  mimeType: "application/pdf",
  buffer: pdf(`letter ${luck.between(0, 2 ** 31)}`, luck.between(1_000, most)),
});
