// What axe finds in the form, of whatever impact.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Findings in what `within` names, each with the elements it is about. */
export async function findings(page, within = "nomination-form") {
  // The page's own policy forbids evaluating a script's text, so axe comes in past it.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: await readFile(axe, "utf8") });
  return page.evaluate(async (within) => {
    const { violations } = await window.axe.run(document.querySelector(within));
    return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
  }, within);
}
