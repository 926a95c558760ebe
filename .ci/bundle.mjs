// Makes dist/nf/, the folder a host serves, from what Trunk has built. Trunk calls it (see Trunk.toml).
//
//   nomination-form.js         one classic script: loader, wasm-bindgen's glue, style sheets
//   nomination-form.wasm
//   nomination-form-later.wasm what filling in does not take (sending, files, drafts, the review), fetched when asked for;
//                              in a release build only: any other has all of it in the first
//   nomination-form-photo.js   a module that crops photos, fetched when somebody asks for it, with its own style sheet
//   nomination-form-print.css  what printing a nomination takes, fetched only then
//   nomination-form.css        all style sheets of the page as a file, for kernels without adoptedStyleSheets
//   nomination-form.en.json    what people read in English; one for each language but zh-CN, which is in the wasm
//   nomination-form.preload.json  for the host's server: the addresses, beside the script, of what every form begins with
//
// Names are stable, because hosts write them into pages; the loader asks for the others by the hash of their
// content, so that no cache ever pairs an old one with a new script. Beside each file lies its brotli and gzip form,
// for servers that send those as they are (nginx `brotli_static`, tower-http `precompressed_br`).

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { shortened } from "./names.mjs";
import { checkScript, checkWasm } from "./old-kernels.mjs";
import { split } from "./split.mjs";

const source = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const staging = process.env.TRUNK_STAGING_DIR ?? join(source, "dist");
const release = process.env.TRUNK_PROFILE === "release";
const shipped = join(staging, "nf");
const kernel = "chrome79";

const built = release ? await split(source, join(staging, "../split")) : {
  folder: staging,
  wasm: await readFile(join(staging, "nomination-form_bg.wasm")),
  glue: await readFile(join(staging, "nomination-form.js"), "utf8"),
};
built.glue = watched(withoutOwnAddress(built.glue));
const { wasm, later, glue } = release ? shortened(built.wasm, built.later, built.glue, hash) : built;
const [style, cropStyle, paper] = [await bundledStyle("index"), await bundledStyle("crop"), await bundledStyle("print")];
const allStyles = style + cropStyle;
const languages = await catalogues();
const photo = await bundledScript("photo/panel", "esm", {});
const script = await bundledScript("loader", "iife", {
  NF_WASM_HASH: hash(wasm),
  NF_LATER_HASH: later ? hash(later) : "",
  NF_CSS_HASH: hash(allStyles + paper),
  NF_PHOTO_HASH: hash(photo),
  NF_LANGUAGES: Object.fromEntries(languages.map(([lang, words]) => [lang, hash(words)])),
});

if (release) {
  // With the names it was built under, so that what it says can be understood.
  await checkWasm(built.wasm);
  await checkWasm(built.later);
  [wasm, later].forEach((part) => new WebAssembly.Module(part));
  checkScript("nomination-form.js", script);
  checkScript("nomination-form-photo.js", photo, "module");
}

await mkdir(shipped, { recursive: true });
await ship("nomination-form.js", Buffer.from(script));
await ship("nomination-form.wasm", wasm);
if (later) await ship("nomination-form-later.wasm", later);
await ship("nomination-form-photo.js", Buffer.from(photo));
await ship("nomination-form.css", Buffer.from(allStyles));
await ship("nomination-form-print.css", Buffer.from(paper));
await writeFile(join(shipped, "nomination-form.preload.json"), JSON.stringify([`nomination-form.wasm?v=${hash(wasm)}`]));
for (const [lang, words] of languages) await ship(`nomination-form.${lang}.json`, Buffer.from(words));

async function bundledStyle(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(source, `style/${name}.css`)],
    bundle: true,
    minify: release,
    charset: "utf8",
    target: kernel,
    write: false,
  });
  return outputFiles[0].text.trim();
}

/** `defined` are the values that stand in the script for their names. */
async function bundledScript(name, format, defined) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(source, `src/element/${name}.js`)],
    bundle: true,
    format,
    minify: release,
    charset: "utf8",
    legalComments: "none",
    target: kernel,
    define: Object.fromEntries(Object.entries(defined).map(([name, value]) => [name, JSON.stringify(value)])),
    plugins: [{ name: "nf", setup: resolveOurNames }],
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

/** The languages besides zh-CN, each with its catalogue. */
async function catalogues() {
  const files = (await readdir(join(source, "src/words"))).sort();
  const langs = files.map((file) => /^([a-z]+)\.json$/.exec(file)?.[1]).filter(Boolean);
  const read = async (lang) => JSON.parse(await readFile(join(source, `src/words/${lang}.json`), "utf8"));
  return Promise.all(langs.map(async (lang) => [lang, JSON.stringify(await read(lang))]));
}

/** `nf:glue` is wasm-bindgen's module, `nf:style` the text of the form's style sheets, `nf:crop-style` that of the panel's. */
function resolveOurNames(build) {
  // Where the first part of the wasm takes from how the second is fetched.
  build.onResolve({ filter: /^\.\/__wasm_split\.js$/ }, () => ({ path: join(source, "src/element/later.js") }));
  // wasm-bindgen copies our JavaScript into ./snippets/<crate>/; what the loader uses too is to be there once.
  build.onResolve({ filter: /^\.\/snippets\/[^/]+\/src\// }, ({ path }) => ({ path: join(source, path.replace(/^.*?(?=src\/)/, "")) }));
  build.onResolve({ filter: /^nf:/ }, ({ path }) => ({ path, namespace: "nf" }));
  build.onLoad({ filter: /^nf:style$/, namespace: "nf" }, () => ({ contents: style, loader: "text" }));
  build.onLoad({ filter: /^nf:crop-style$/, namespace: "nf" }, () => ({ contents: cropStyle, loader: "text" }));
  build.onLoad({ filter: /^nf:glue$/, namespace: "nf" }, () => ({
    contents: glue,
    loader: "js",
    resolveDir: built.folder,
  }));
}

/** The loader always says where the wasm is; a classic script has no `import.meta` to guess it from. */
function withoutOwnAddress(glue) {
  const cleaned = glue.replace(/new URL\((['"])[^'"]*\1, import\.meta\.url\)/g, "undefined");
  if (cleaned.includes("import.meta")) {
    throw new Error("wasm-bindgen's glue uses `import.meta` in a way .ci/bundle.mjs does not know");
  }
  return cleaned;
}

/**
 * Has whatever our wasm throws told to the loader before it goes on to whoever called. The page's `error` event would
 * not do: of a script from another origin it gives no error, and a caller of ours may catch it.
 */
function watched(glue) {
  const start = "wasm = instance.exports;";
  if (glue.split(start).length !== 2) {
    throw new Error("wasm-bindgen's glue takes the exports in a way .ci/bundle.mjs does not know");
  }
  return `${glue.replace(start, "wasm = guarded(instance.exports);")}
let trapped = () => {};
export function watch(told) {
  trapped = told;
}
export function shared() {
  return wasm;
}
export function call(index, ...args) {
  return guard(wasm.__indirect_function_table.get(index))(...args);
}
function guarded(exports) {
  const all = {};
  for (const name of Object.keys(exports)) {
    const given = exports[name];
    all[name] = typeof given === "function" ? guard(given) : given;
  }
  return all;
}
function guard(given) {
  return (...args) => {
    try {
      return given(...args);
    } catch (error) {
      trapped(error);
      throw error;
    }
  };
}
`;
}

async function ship(name, content) {
  const path = join(shipped, name);
  await writeFile(path, content);
  if (!release) return;
  await writeFile(`${path}.br`, brotli(content));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  console.log(`${basename(shipped)}/${name}: ${content.length} bytes`);
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

function hash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
