// Cuts the wasm in two: what it takes to open a form and fill it in, and what is fetched only when something asks for
// it. Which is which, follows from the functions that are marked `wasm_split(later)` (see src/view/later.rs): whatever
// is reached through them alone is in the second part. The cut is made in what the linker gives, by its relocations,
// so wasm-bindgen's work and wasm-opt's come after it, here and not in Trunk.

import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { section, number, unsigned } from "./names.mjs";

const run = promisify(execFile);
const EXPORTS = 7;
const ELEMENTS = 9;

/** What the wasm exports and nobody here uses: what the linker has names for. */
const unused = /^__(abort_handler|instance_terminated|data_end|heap_base)$/;

/**
 * lld puts the stack first, so no pointer of ours is below 1024 (low-memory-unused); what is inlined does not compress
 * (-ocimfs and its kin); and functions of one name prefix are alike and compress side by side.
 */
const shrink = [
  "-Oz", "--mvp-features", "--enable-bulk-memory", "--enable-mutable-globals", "--enable-sign-ext",
  "--enable-nontrapping-float-to-int", "--low-memory-unused", "--converge", "-ocimfs=20", "-aimfs=2", "-fimfs=2",
  "--reorder-functions-by-name", "--strip-debug", "--strip-producers", "--strip-target-features",
];

/** Gives both parts and wasm-bindgen's glue; `folder` is for what is made on the way, scripts that the glue imports among it. */
export async function split(source, folder) {
  const target = process.env.CARGO_TARGET_DIR ?? join(source, "target");
  const linked = join(target, "wasm32-unknown-unknown/wasm-release/nomination-form.wasm");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run("wasm-split-cli", [linked, folder, "--out-name", "first"]);
  const parts = (await readdir(folder)).filter((name) => /^(split|chunk)_/.test(name));
  if (parts.join() !== "split_later.wasm") throw new Error(`expected one further part of the wasm, not ${parts.join(", ")}`);
  const bind = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "bound", "--out-dir", folder];
  await run("wasm-bindgen", [join(folder, "first.wasm"), ...bind]);
  const bound = join(folder, "bound_bg.wasm");
  await writeFile(bound, withoutUnused(withoutPlaceholders(await readFile(bound))));
  const [wasm, later] = [await shrunk(bound), await shrunk(join(folder, "split_later.wasm"))];
  return { folder, wasm, later, glue: used(wasm, await readFile(join(folder, "bound.js"), "utf8")) };
}

async function shrunk(file) {
  await run("wasm-opt", [file, "-o", `${file}.opt`, ...shrink]);
  return readFile(`${file}.opt`);
}

/**
 * Takes out the null references with which the table's places are held for the second part: old kernels know none, and
 * the table has its size without them.
 */
function withoutPlaceholders(wasm) {
  return mapped(wasm, ELEMENTS, (body) => {
    const [count, first] = number(body, 0);
    const kept = [];
    for (let i = 0, at = first; i < count; i += 1) {
      const [kind, head] = number(body, at);
      const end = segmentEnd(body, kind, head);
      if (kind < 4) kept.push(body.subarray(at, end));
      at = end;
    }
    return Buffer.concat([unsigned(kept.length), ...kept]);
  });
}

/** The end of an active segment: of functions (0, 2), or of expressions that are all `ref.null func` (4, 6). */
function segmentEnd(body, kind, head) {
  if (![0, 2, 4, 6].includes(kind)) throw new Error(`.ci/split.mjs does not know segments of elements of the kind ${kind}`);
  let at = kind & 2 ? number(body, head)[1] : head;
  if (body[at] !== 0x41) throw new Error("a segment of elements begins at no constant");
  at = number(body, at + 1)[1] + 1;
  if (kind & 2) at += 1;
  let [left, next] = number(body, at);
  for (; left > 0; left -= 1) {
    if (kind < 4) next = number(body, next)[1];
    else if (body[next] === 0xd0 && body[next + 2] === 0x0b) next += 3;
    else throw new Error("a segment of elements holds more than null references");
  }
  return next;
}

function withoutUnused(wasm) {
  return mapped(wasm, EXPORTS, (body) => {
    const [count, first] = number(body, 0);
    const kept = [];
    for (let i = 0, at = first; i < count; i += 1) {
      const [length, name] = number(body, at);
      const end = number(body, name + length + 1)[1];
      if (!unused.test(body.toString("utf8", name, name + length))) kept.push(body.subarray(at, end));
      at = end;
    }
    return Buffer.concat([unsigned(kept.length), ...kept]);
  });
}

/** The glue without the classes of the streams that .ci/link.sh leaves out, and without what the wasm imports no longer. */
function used(wasm, glue) {
  const names = new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name));
  return glue
    .replace(/^export class IntoUnderlying\w+ \{[^]*?^\}\nif \(Symbol\.dispose\).*\n/gm, "")
    .replace(/^const IntoUnderlying\w+ = [^;]*;\n/gm, "")
    .replace(/^ {8}(\w+): function[^]*?^ {8}\},\n/gm, (all, name) => (names.has(name) ? all : ""));
}

function mapped(wasm, wanted, map) {
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const [length, start] = number(wasm, at + 1);
    const end = start + length;
    parts.push(wasm[at] === wanted ? section(wanted, map(wasm.subarray(start, end))) : wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}
