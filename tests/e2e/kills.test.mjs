// A killed browser loses at most the last second, and sends nothing twice. KILLS and SEED say how much is tried.

import assert from "node:assert/strict";
import { it } from "node:test";
import { kills, summary } from "./kills.mjs";

const count = Number(process.env.KILLS ?? 8);
const seed = Number(process.env.SEED ?? 1);

it(`${count} kills: everything older than a second is there again`, async () => {
  const records = await kills({ count, seed });
  console.log(summary(records));
  assert.deepEqual(records.filter(({ faults }) => faults.length > 0), []);
  assert.equal(records.length, count);
});
