#!/usr/bin/env bash
# Builds dist/nf/, the folder a host serves: release code that starts in Chromium 79 and later.
#
# Rust's ready-made std for wasm uses reference types and multi-value, which kernels before Chromium 96 refuse, so std
# is compiled here with the features those kernels know. That takes cargo's build-std, which stable Rust offers only
# under RUSTC_BOOTSTRAP=1. All of it is environment, so that native builds keep the compiler's own std.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

# RUSTFLAGS would hide the target's own flags from cargo.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
export RUSTC_BOOTSTRAP=1
export CARGO_UNSTABLE_BUILD_STD=std,panic_abort
export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
# Panics are traps and nothing else, without message, file and line: nobody would read those, an answer might stand in
# them, and they are bytes on the wire. The loader is told of every trap (`watched` in .ci/bundle.mjs). Cargo has no
# stable setting for that, but of two `-Cpanic` rustc takes the last, which is this one.
flags=(
  -Ctarget-cpu=mvp -Ctarget-feature=+bulk-memory,+mutable-globals,+sign-ext,+nontrapping-fptoint
  -Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort
  # The wasm is cut in two, which takes the linker's relocations and a table to share (see .ci/split.mjs).
  --cfg nf_split -Clink-arg=--emit-relocs -Clink-arg=--export-table
)
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="${flags[*]} ${NF_RUSTFLAGS:-}"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$PWD/.ci/link.sh

# Trunk builds offline, or it would look for its tools on a code-hosting site; so the crates are fetched first, those
# of std among them. Cargo fetches what std needs for one target at a time: the host's unless it is told.
cargo fetch --quiet --locked
cargo fetch --quiet --locked --target wasm32-unknown-unknown

# Trunk takes NO_COLOR for an option of its own and wants `true`, where the custom is any value.
unset NO_COLOR
exec trunk build --release --offline "$@"
