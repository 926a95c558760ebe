// Short names for what wasm and glue call each other by. wasm-bindgen's bear a hash each, two hundred of them and twice,
// and hashes do not compress.

const IMPORTS = 2;
const EXPORTS = 7;
/** The script that fetches the second part; esbuild knows it by its own names. */
const LOADING = "./__wasm_split.js";

/**
 * Gives both parts of the wasm and the glue with every import and export under a short name. What the second part imports
 * of the first, it imports under the first's hash, so that it goes with no other.
 */
export function shortened(wasm, later, glue, hash) {
  const module = new WebAssembly.Module(wasm);
  const ours = WebAssembly.Module.imports(module).filter(({ module }) => module !== LOADING);
  const imports = short(ours.map(({ name }) => name));
  const exports = short(WebAssembly.Module.exports(module).map(({ name }) => name));
  const modules = short(ours.map(({ module }) => module));
  const first = renamed(wasm, [modules, imports], exports);
  return {
    wasm: first,
    later: renamed(later, [new Map([["__wasm_split", hash(first)]]), exports], exports),
    glue: inGlue(glue, modules, imports, exports),
  };
}

function inGlue(glue, modules, imports, exports) {
  const named = new Set();
  const text = glue
    .replace(/^( {8})(\w+)(?=: )/gm, (all, indent, name) => (imports.has(name) ? indent + use(imports, name) : all))
    .replace(/(?<=^ {8})"([^"\n]+)"(?=: import\d,$)/gm, (_, name) => `"${use(modules, name)}"`)
    .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${use(exports, name)}`);
  for (const name of [...imports.keys(), ...modules.keys()]) {
    if (!named.has(name)) throw new Error(`wasm-bindgen's glue does not name \`${name}\` where .ci/names.mjs looks for it`);
  }
  return text;

  function use(names, name) {
    named.add(name);
    // What the glue names and the wasm has not got, nobody calls.
    return names.get(name) ?? name;
  }
}

/** Each name once, in the order given, with `a`, `b`, … for it. */
function short(names) {
  return new Map([...new Set(names)].map((name, at) => [name, letters(at)]));
}

function letters(at) {
  const letter = String.fromCharCode(97 + (at % 26));
  return at < 26 ? letter : letters(Math.floor(at / 26) - 1) + letter;
}

/** `imports` are the names of modules and of what is imported from them; what is not among them keeps its name. */
function renamed(wasm, imports, exports) {
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at];
    const [length, start] = number(wasm, at + 1);
    const body = wasm.subarray(start, start + length);
    if (id === IMPORTS) parts.push(section(id, inSection(body, imports, afterImport)));
    else if (id === EXPORTS) parts.push(section(id, inSection(body, [exports], afterExport)));
    else parts.push(wasm.subarray(at, start + length));
    at = start + length;
  }
  return Buffer.concat(parts);
}

function inSection(body, names, after) {
  const [count, first] = number(body, 0);
  const parts = [body.subarray(0, first)];
  let at = first;
  for (let i = 0; i < count; i += 1) {
    for (const known of names) {
      const [length, start] = number(body, at);
      at = start + length;
      const name = body.toString("utf8", start, at);
      parts.push(text(known.get(name) ?? name));
    }
    const end = after(body, at);
    parts.push(body.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** A function, table, memory or global: its kind and type. */
function afterImport(body, at) {
  const kind = body[at];
  if (kind === 0) return number(body, at + 1)[1];
  if (kind === 3) return at + 3;
  const limits = kind === 1 ? at + 2 : at + 1;
  const end = number(body, limits + 1)[1];
  return body[limits] & 1 ? number(body, end)[1] : end;
}

function afterExport(body, at) {
  return number(body, at + 1)[1];
}

export function section(id, body) {
  return Buffer.concat([Buffer.from([id]), unsigned(body.length), body]);
}

function text(name) {
  return Buffer.concat([unsigned(Buffer.byteLength(name)), Buffer.from(name)]);
}

/** Of an unsigned LEB128, its value and where it ends; of a signed one, its end. */
export function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    value += (bytes[at] & 0x7f) * 2 ** shift;
    if (bytes[at] < 0x80) return [value, at + 1];
  }
}

export function unsigned(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}
