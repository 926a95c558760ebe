// Says of the final bytes whether Chromium 79 can run them: what a compiler flag was meant to do is not proof, since a
// new crate or a new compiler can bring a feature back.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "acorn";

const known = ["bulk-memory", "mutable-globals", "sign-ext", "nontrapping-float-to-int"];

/** Throws if `wasm` uses a feature beyond the `known`, or passes 64-bit integers to JavaScript (Chromium 85). */
export async function checkWasm(wasm) {
  const module = new WebAssembly.Module(wasm);
  if (WebAssembly.Module.customSections(module, "target_features").length > 0) {
    // With the section there, wasm-opt would allow whatever it names.
    throw new Error("the wasm still has its `target_features` section, expected wasm-opt to strip it");
  }
  await validate(wasm);
  const wide = functionsWithI64(wasm);
  if (wide.length > 0) {
    throw new Error(
      `64-bit integers cross from wasm to JavaScript in ${wide.join(", ")}, which kernels before Chromium 85 cannot; ` +
        "use f64 or u32 there",
    );
  }
}

/** Throws if `script` has syntax newer than ES2019 and `import()`, which is of ES2020 and in Chromium since 63. */
export function checkScript(file, script, sourceType = "script") {
  const known = script.replace(/\bimport\(/g, "loaded(");
  try {
    parse(known, { ecmaVersion: 2019, sourceType });
  } catch (error) {
    const near = known.slice(Math.max(0, error.pos - 40), error.pos + 40);
    throw new Error(`${file} has syntax newer than ES2019 (${error.message}) near \`${near}\``);
  }
}

async function validate(wasm) {
  const folder = await mkdtemp(join(tmpdir(), "nf-"));
  try {
    const file = join(folder, "check.wasm");
    await writeFile(file, wasm);
    const allowed = ["--mvp-features", ...known.map((feature) => `--enable-${feature}`)];
    await promisify(execFile)("wasm-opt", [file, ...allowed]).catch(({ stderr }) => {
      throw new Error(`the wasm uses features beyond ${known.join(", ")}:\n${String(stderr).slice(0, 2000)}`);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const I64 = 0x7e;
const FUNCTION = 0;

/** Names of imported and exported functions with a 64-bit integer among parameters or results. */
function functionsWithI64(wasm) {
  const wide = []; // by type index
  const types = []; // type index of each function, imported ones first
  const names = new Map(); // function index -> name
  for (const [id, section] of sections(wasm)) {
    if (id === 1) section.list(() => wide.push(section.functionType().includes(I64)));
    if (id === 2) section.list(() => {
      const name = `${section.name()}.${section.name()}`;
      const type = section.imported();
      if (type !== undefined) names.set(types.push(type) - 1, name);
    });
    if (id === 3) section.list(() => types.push(section.number()));
    if (id === 7) section.list(() => {
      const name = section.name();
      const kind = section.byte();
      const index = section.number();
      if (kind === FUNCTION) names.set(index, name);
    });
  }
  return [...names].filter(([index]) => wide[types[index]]).map(([, name]) => name);
}

function* sections(wasm) {
  const reader = new Reader(wasm.subarray(8));
  while (!reader.done()) {
    const id = reader.byte();
    yield [id, new Reader(reader.bytes(reader.number()))];
  }
}

class Reader {
  constructor(bytes) {
    this.rest = bytes;
    this.at = 0;
  }
  done() {
    return this.at >= this.rest.length;
  }
  byte() {
    return this.rest[this.at++];
  }
  bytes(length) {
    this.at += length;
    return this.rest.subarray(this.at - length, this.at);
  }
  /** An unsigned LEB128. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  name() {
    return new TextDecoder().decode(this.bytes(this.number()));
  }
  list(each) {
    for (let left = this.number(); left > 0; left--) each();
  }
  functionType() {
    this.byte(); // 0x60, the only form there is without garbage collection
    return [...this.bytes(this.number()), ...this.bytes(this.number())];
  }
  /** The type index of an imported function; undefined for what is not one. */
  imported() {
    const kind = this.byte();
    if (kind === FUNCTION) return this.number();
    if (kind === 1) this.byte(); // a table's element type
    if (kind === 3) return void this.bytes(2); // a global's type and whether it changes
    const bounded = this.byte();
    this.number();
    if (bounded === 1) this.number();
  }
}
