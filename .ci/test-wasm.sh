#!/usr/bin/env bash
# Runs tests/browser/ in headless Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)}
export CHROMEDRIVER
# A cold machine takes longer over the first page than the runner's 20 seconds.
export WASM_BINDGEN_TEST_TIMEOUT=${WASM_BINDGEN_TEST_TIMEOUT:-120}

# Debian's Rust has no ready-made std for wasm.
if [[ ! -e $(rustc --print target-libdir --target wasm32-unknown-unknown) ]]; then
  export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
fi

exec cargo test --locked --target wasm32-unknown-unknown --no-default-features --features element --test browser
