// The second part of the wasm: fetched when the first asks for it, and put beside it.

import { call, shared } from "nf:glue";

let fetchWith;
let loading;

/** How the loader fetches it: with what makes a part of the engine out of its bytes. */
export function fetchedBy(fetch) {
  fetchWith = fetch;
}

/** Fetches it before anybody has to wait for it. That it does not come, nobody is told yet. */
export function fetchAhead() {
  // A build of one piece has it already.
  if (NF_LATER_HASH) load(true).catch(() => addEventListener("online", fetchAhead, { once: true }));
}

/** Called by the wasm. What has failed is tried anew: at once where nobody was told, or else the next time. */
export async function __wasm_split_load_later(callback, data) {
  const told = !loading;
  const here = await load(false)
    .catch((error) => (told ? Promise.reject(error) : load(false)))
    .then(() => true, () => false);
  call(callback, data, here);
}

function load(quiet) {
  if (!loading) {
    loading = fetchWith(put, quiet);
    loading.catch(() => {
      loading = undefined;
    });
  }
  return loading;
}

/** A part of another build wants another first part, so it is refused. */
function put(bytes) {
  return WebAssembly.instantiate(bytes, { [NF_WASM_HASH]: shared() });
}
