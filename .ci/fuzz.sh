#!/usr/bin/env bash
# Runs each fuzzer for FUZZ_SECONDS (60), or only those named: .ci/fuzz.sh text file
#
# What they learn stays in fuzz/corpus/ and is where the next run goes on. An input that did harm is in fuzz/artifacts/:
# it goes to tests/fixtures/fuzz/<fuzzer>/ under a name that says what was wrong, and is tried in every `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

cargo_fuzz_version=0.13.2
seconds=${FUZZ_SECONDS:-60}
fuzzers=("$@")
if [[ $# == 0 ]]; then fuzzers=(campaign submission file text condition); fi

if [[ $(cargo-fuzz --version 2>/dev/null) != "cargo-fuzz $cargo_fuzz_version" ]]; then
  echo "fuzz: compiling cargo-fuzz $cargo_fuzz_version into $NF_TOOLS (once; a minute)" >&2
  env -u CARGO_TARGET_DIR cargo install cargo-fuzz --version "$cargo_fuzz_version" --locked --root "$NF_TOOLS" --force
fi

cargo run --quiet --locked --example fuzz_seeds -- fuzz/corpus

# The compiler's hooks for coverage are not stable yet; the compiler is the one that builds everything else. Only from here
# on, or cargo compiles every crate anew.
export RUSTC_BOOTSTRAP=1
host=$(rustc -vV | sed -n 's/^host: //p')

for fuzzer in "${fuzzers[@]}"; do
  echo "fuzz: $fuzzer for $seconds s" >&2
  mkdir -p "fuzz/corpus/$fuzzer" "fuzz/artifacts/$fuzzer"
  # There is no unsafe code for a sanitizer to watch, and without one they try several times as many inputs.
  cargo fuzz run --sanitizer none --target "$host" "$fuzzer" -- \
    -max_total_time="$seconds" -timeout=10 -max_len=65536 -print_final_stats=1 -verbosity=0
done
