// The fixtures of the Rust tests, read and put together as tests/golden.rs does.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const path = (...parts) => join(root, ...parts);
export const json = (...parts) => JSON.parse(readFileSync(path(...parts), 'utf8'));

/** The JSON files of a folder, as [name, content]. */
export function all(folder) {
  const files = readdirSync(path(folder)).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => [basename(file, '.json'), json(folder, file)]);
}

/** What a case makes of a good file. */
export function changed(good, { patch, set }) {
  const changed = merge(structuredClone(good), patch ?? null);
  for (const [pointer, value] of Object.entries(set ?? {})) put(changed, pointer, value);
  return changed;
}

/** RFC 7396, and besides `{"$repeat": ["社", 3000]}`. */
function merge(target, patch) {
  if (patch === null) return target;
  if (typeof patch !== 'object' || Array.isArray(patch)) return patch;
  if (patch.$repeat) return patch.$repeat[0].repeat(patch.$repeat[1]);
  const map = target !== null && typeof target === 'object' && !Array.isArray(target) ? target : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete map[key];
    else map[key] = merge(map[key] ?? null, value);
  }
  return map;
}

function put(target, pointer, value) {
  const parts = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = parts.pop();
  const parent = parts.reduce((at, part) => at[part], target);
  if (Array.isArray(parent) && last === '-') parent.push(value);
  else parent[last] = value;
}
