// A killed browser loses at most the last second, and sends nothing twice. KILLS and SEED say how much is tried;
// shots/kills.jsonl has a line for each kill, from the moment it has been looked into.

import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { kills, summary } from "./kills.mjs";

const count = Number(process.env.KILLS ?? 8);
const seed = Number(process.env.SEED ?? 1);
const log = join(dirname(fileURLToPath(import.meta.url)), "shots", "kills.jsonl");

it(`${count} kills: everything older than a second is there again`, async () => {
  mkdirSync(dirname(log), { recursive: true });
  rmSync(log, { force: true });
  const told = (record) => appendFileSync(log, `${JSON.stringify(record)}\n`);
  const records = await kills({ count, seed, told });
  console.log(summary(records));
  assert.deepEqual(records.filter(({ faults }) => faults.length > 0), []);
  assert.equal(records.length, count);
});
