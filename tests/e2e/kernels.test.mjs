// The shipped files start in the oldest kernel we promise and in today's, under the policy the guide for hosts gives.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import * as chromium from "./chromium.mjs";
import * as chromium79 from "./chromium79.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>门户</title>
<p style="color: red">提名</p>
<script src="/nf/nomination-form.js" data-campaign="/campaigns/nm2022.json" data-track="nm2022.worker"
        data-submit-to="/api/nominations" data-upload-to="/files" data-draft="none" defer></script>`;

describe("the shipped component", () => {
  let server;
  before(async () => {
    server = await portal();
  });
  after(() => server.close());

  it("starts in Chromium 79", async () => {
    const browser = await chromium79.launch();
    try {
      assert.match(await browser.version(), /\/79\./);
      await starts(await browser.newPage(), server, (page) => page.setViewport({ width: 800, height: 600 }));
    } finally {
      await browser.close();
    }
  });

  it("starts in the machine's Chromium", async () => {
    const browser = await chromium.launch();
    try {
      await starts(await browser.newPage(), server, (page) => page.setViewportSize({ width: 800, height: 600 }));
    } finally {
      await browser.close();
    }
  });
});

/** What both puppeteer and playwright offer is enough here. */
async function starts(page, server, sized) {
  const heard = [];
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && heard.push(`console: ${message.text()}`));
  await sized(page);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => {
    const element = document.querySelector("nomination-form");
    return element && element.shadowRoot && element.shadowRoot.querySelector("[data-state=filling] textarea");
  }).catch((error) => {
    throw new Error(`${error.message}\n${heard.join("\n")}`);
  });
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `kernel-${Date.now()}.png`) });
  // The page's one inline style is there to show that the policy was in force.
  const refused = heard.filter((line) => line.includes("inline style"));
  assert.equal(refused.length, 1);
  assert.deepEqual(heard.filter((line) => !refused.includes(line) && !unknownBefore83.test(line)), []);
  assert.equal(await page.evaluate(drawsChinese), true, "no font here draws Chinese: install fonts-noto-cjk");
}

/** Kernels without Trusted Types say that they do not know them. */
const unknownBefore83 = /Unrecognized Content-Security-Policy directive 'require-trusted-types-for'/;

/** Two characters drawn alike are both the box that stands for a missing glyph. */
function drawsChinese() {
  const drawn = (text) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 40;
    const context = canvas.getContext("2d");
    context.font = "32px sans-serif";
    context.fillText(text, 2, 34);
    return canvas.toDataURL();
  };
  return drawn("蒙") !== drawn("汉");
}

async function portal() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    response.setHeader("content-security-policy", policy(request.headers["user-agent"] ?? ""));
    try {
      const [type, body] = await answer(pathname);
      response.setHeader("content-type", type);
      response.end(body);
    } catch {
      response.statusCode = pathname === "/favicon.ico" ? 204 : 404;
      response.end();
    }
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}

async function answer(path) {
  if (path === "/") return ["text/html; charset=utf-8", page];
  const [, folder, name] = path.match(/^\/(nf|campaigns)\/([\w.-]+)$/) ?? [];
  const type = { js: "text/javascript", wasm: "application/wasm", css: "text/css", json: "application/json" };
  const file = join(root, folder === "nf" ? "dist/nf" : "public/campaigns", name);
  return [type[name.split(".").pop()], await readFile(file)];
}

/** Kernels before 97 do not know 'wasm-unsafe-eval' and ask for the whole of 'unsafe-eval'. */
function policy(agent) {
  const version = Number(/Chrome\/(\d+)/.exec(agent)?.[1]);
  const wasm = version < 97 ? "'unsafe-eval'" : "'wasm-unsafe-eval'";
  return `default-src 'none'; script-src 'self' ${wasm}; style-src 'self'; connect-src 'self'; ` +
    "img-src 'self' blob:; require-trusted-types-for 'script'";
}
