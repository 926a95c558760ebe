// Nothing is lost and nothing is sent twice, over a line that breaks all the time. SENDINGS and SEED say how much.

import assert from "node:assert/strict";
import { it } from "node:test";
import { sendings, summary } from "./sendings.mjs";

const count = Number(process.env.SENDINGS ?? 12);
const seed = Number(process.env.SEED ?? 1);

it(`${count} nominations over a bad line arrive once each, with their files`, async () => {
  const figures = await sendings({ count, seed });
  console.log(summary(figures));
  assert.deepEqual(figures.faults, []);
  assert.deepEqual([figures.sendings, figures.losses, figures.doubles], [count, 0, 0]);
  assert.ok(figures.repeats > 0, "the host got nothing twice, so nothing was tried");
});
