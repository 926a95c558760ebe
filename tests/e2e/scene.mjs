// What most browser tests play in: a browser, a host and files to attach, there as long as the tests of one file run.

import { after, before } from "node:test";
import { launch } from "./chromium.mjs";
import { files } from "./material.mjs";
import { portal } from "./portal.mjs";

/** They are there once the tests begin, and not when the modules are read. */
export let browser, host, paper;

before(async () => {
  [browser, host, paper] = [await launch(), await portal(), await files()];
});
after(async () => {
  await browser.close();
  await host.close();
});
