// Chromium 79, the oldest kernel the component promises to run in, as the npm package chrome-aws-lambda carries it.
//
// The package means to run in a cloud function. Of it we take the brotli archives alone: the browser and the system
// libraries it was linked with, unpacked once into the tools' cache.

import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import puppeteer from "puppeteer-core";

const cache = process.env.NF_TOOLS
  ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "nomination-form");
const home = join(cache, "chromium-79");

/** What its console has against every page and every broken line. */
const UNKNOWN = ["'wasm-unsafe-eval'", "Unrecognized Content-Security-Policy directive", "Failed to load resource"];

/** A browser without anybody's profile. `storage: false` is one that lets pages keep nothing. */
export async function launch({ storage = true } = {}) {
  const browser = await started();
  return {
    version: await browser.version(),
    async visit(url) {
      const page = await browser.newPage();
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        const expected = UNKNOWN.some((words) => message.text().includes(words));
        if (message.type() === "error" && !expected) complaints.push(message.text());
      });
      await page.setViewport({ width: 1000, height: 900 });
      if (!storage) await page.evaluateOnNewDocument(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
      return { page, url, complaints: async () => complaints, close: () => page.close() };
    },
    close: () => browser.close(),
  };
}

/** A browser of puppeteer-core 2.1.1. */
export async function started() {
  await unpacked();
  return puppeteer.launch({
    executablePath: join(home, "chromium"),
    headless: true,
    ignoreDefaultArgs: ["--enable-automation"],
    args: [
      // It cannot fork helpers outside of its cloud function.
      "--single-process",
      "--no-zygote",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      // Its own renderer of hinted fonts draws Noto's CJK faces unevenly.
      "--font-render-hinting=none",
      "--lang=zh-CN",
    ],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, "lib"),
      // The archive's own fonts.conf knows one Latin font and no other folder.
      FONTCONFIG_FILE: join(home, "fonts.conf"),
    },
  });
}

/** Unpacks into a folder of its own and renames it, so that a run cut short leaves nothing half-way behind. */
async function unpacked() {
  if (existsSync(home)) return;
  const archives = join(dirname(createRequire(import.meta.url).resolve("chrome-aws-lambda/package.json")), "bin");
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, "chromium-79-"));
  try {
    await decompressed(join(archives, "chromium.br"), join(fresh, "chromium"));
    await chmod(join(fresh, "chromium"), 0o755);
    await untarred(join(archives, "aws.tar.br"), fresh);
    await untarred(join(archives, "swiftshader.tar.br"), fresh);
    await writeFile(join(fresh, "fonts.conf"), fontsConf());
    await rename(fresh, home).catch((error) => {
      // Another process was faster; its copy is as good.
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function decompressed(archive, file) {
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(file));
}

async function untarred(archive, folder) {
  const file = join(folder, "archive.tar");
  await decompressed(archive, file);
  await promisify(execFile)("tar", ["-xf", file, "-C", folder]);
  await rm(file);
}

/** The system's fonts, Noto's Chinese faces first; a cache of its own, since its fontconfig writes an older format. */
function fontsConf() {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir>${join(home, "fontconfig")}</cachedir>
  ${["sans-serif", "serif", "monospace"].map(alias).join("\n  ")}
</fontconfig>
`;
}

function alias(family) {
  return `<alias><family>${family}</family><prefer><family>DejaVu Sans</family><family>Noto Sans CJK SC</family>` +
    "<family>WenQuanYi Zen Hei</family></prefer></alias>";
}
