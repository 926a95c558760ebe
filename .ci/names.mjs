// Short names for what wasm and glue call each other by. wasm-bindgen's bear a hash each, two hundred of them and twice,
// and hashes do not compress.

const IMPORTS = 2;
const EXPORTS = 7;

/** Gives wasm and glue with every import and export under a short name. */
export function shortened(wasm, glue) {
  const module = new WebAssembly.Module(wasm);
  const imports = short(WebAssembly.Module.imports(module).map(({ name }) => name));
  const exports = short(WebAssembly.Module.exports(module).map(({ name }) => name));
  const modules = short(WebAssembly.Module.imports(module).map(({ module }) => module));
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at];
    const [length, start] = number(wasm, at + 1);
    const body = wasm.subarray(start, start + length);
    if (id === IMPORTS) parts.push(section(id, renamed(body, [modules, imports], afterImport)));
    else if (id === EXPORTS) parts.push(section(id, renamed(body, [exports], afterExport)));
    else parts.push(wasm.subarray(at, start + length));
    at = start + length;
  }
  return { wasm: Buffer.concat(parts), glue: inGlue(glue, modules, imports, exports) };
}

function inGlue(glue, modules, imports, exports) {
  const named = new Set();
  const text = glue
    .replace(/^( {8})(\w+)(?=: )/gm, (all, indent, name) => (imports.has(name) ? indent + use(imports, name) : all))
    .replace(/(?<=^ {8})"([^"\n]+)"(?=: import0,$)/gm, (_, name) => `"${use(modules, name)}"`)
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

function renamed(body, names, after) {
  const [count, first] = number(body, 0);
  const parts = [body.subarray(0, first)];
  let at = first;
  for (let i = 0; i < count; i += 1) {
    for (const known of names) {
      const [length, start] = number(body, at);
      at = start + length;
      parts.push(text(known.get(body.toString("utf8", start, at))));
    }
    const end = after(body, at);
    parts.push(body.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** Functions only: memory and table are the wasm's own. */
function afterImport(body, at) {
  if (body[at] !== 0) throw new Error("the wasm imports something other than functions, which .ci/names.mjs does not know");
  return number(body, at + 1)[1];
}

function afterExport(body, at) {
  return number(body, at + 1)[1];
}

function section(id, body) {
  return Buffer.concat([Buffer.from([id]), unsigned(body.length), body]);
}

function text(name) {
  return Buffer.concat([unsigned(Buffer.byteLength(name)), Buffer.from(name)]);
}

function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    value += (bytes[at] & 0x7f) * 2 ** shift;
    if (bytes[at] < 0x80) return [value, at + 1];
  }
}

function unsigned(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}
