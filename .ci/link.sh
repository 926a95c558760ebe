#!/usr/bin/env bash
# Links the wasm as rustc asks, but for the exports that leptos brings along for streams (`intounderlying…`): nobody
# here calls them, and what is not exported, the linker leaves out with all it needs. See .ci/build.sh.
set -euo pipefail

asked=()
while (($#)); do
  if [[ $1 == --export && ${2-} == *intounderlying* ]]; then
    shift 2
  else
    asked+=("$1")
    shift
  fi
done

lld=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
# Debian's Rust has it elsewhere, under one of these names.
[[ -x $lld ]] || lld=$(command -v rust-lld || command -v lld-22 || command -v lld)
exec "$lld" "${asked[@]}"
