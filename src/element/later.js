// The second part of the wasm: fetched when the first asks for it, and put beside it.

import { call, shared } from "nf:glue";

let fetchWith;
let loading;

/** How the loader fetches it: with what makes a part of the engine out of its bytes. */
export function fetchedBy(fetch) {
  fetchWith = fetch;
}

/** Called by the wasm. What has failed is tried anew the next time. */
export async function __wasm_split_load_later(callback, data) {
  if (!loading) loading = fetchWith(put);
  const here = await loading.then(
    () => true,
    () => {
      loading = undefined;
      return false;
    },
  );
  call(callback, data, here);
}

/** A part of another build wants another first part, so it is refused. */
function put(bytes) {
  return WebAssembly.instantiate(bytes, { [NF_WASM_HASH]: shared() });
}
