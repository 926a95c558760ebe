#!/usr/bin/env bash
# Installs what building and testing need, each at a pinned version, and nothing that is there already.
#
#   .ci/tools.sh build   to build and serve the component
#   .ci/tools.sh test    that, and what the tests need (browsers)
#
# Node 20 and a C compiler are taken for granted, Rust is not. Cargo's tools go to $NF_TOOLS, npm's to node_modules/,
# the rest comes from Debian. Nothing here asks a question.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

trunk_version=0.21.14
split_version=0.2.4

main() {
  have node || die "no node found: install Node 20 or later"
  have cc || debian "a C compiler" gcc libc6-dev
  rust
  cargo_tool trunk "$trunk_version" --locked
  # Without --locked: its lock file names versions that registries may no longer offer.
  cargo_tool wasm-bindgen-cli "$(locked_version wasm-bindgen)"
  split_tool
  npm_packages
  if [[ ${1:-build} == test ]]; then browser; fi
}

# --- Rust -----------------------------------------------------------------------------------------------------------

rust() {
  if [[ ${NF_TOOLCHAIN:-} == debian ]]; then
    debian_rust
  elif ! rust_is_ready && ! rustup_rust; then
    say "rustup cannot give what is missing; taking Debian's Rust instead"
    debian_rust
  fi
}

# A compiler with the wasm target, and the sources of std, which the release build compiles itself (see build.sh).
rust_is_ready() {
  local sysroot
  have cargo && sysroot=$(rustc --print sysroot 2>/dev/null) || return 1
  [[ -e $sysroot/lib/rustlib/src/rust/library/Cargo.lock ]] || return 1
  [[ -e $sysroot/lib/rustlib/wasm32-unknown-unknown/lib ]] || [[ $(command -v rustc) == "$NF_RUST"/* ]] || return 1
  have cargo-clippy && have cargo-fmt
}

rustup_rust() {
  have rustup || return 1
  say "adding the wasm target and the sources of std to Rust's toolchain"
  rustup target add wasm32-unknown-unknown && rustup component add rust-src clippy rustfmt && rust_is_ready
}

# Debian keeps a current Rust for its browsers. It stands beside rustup's: only $NF_RUST leads to it.
debian_rust() {
  local programs=(cargo rustc rustdoc cargo-clippy clippy-driver cargo-fmt rustfmt) program
  if [[ ! -x /usr/bin/cargo || ! -x /usr/bin/cargo-clippy || ! -e /usr/lib/rustlib/src/rust/library/Cargo.lock ]]; then
    debian "Debian's Rust" rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web lld-22
  fi
  mkdir -p "$NF_RUST"
  for program in "${programs[@]}"; do
    if [[ -x /usr/bin/$program ]]; then ln -sf "/usr/bin/$program" "$NF_RUST/"; fi
  done
}

# --- Cargo's tools --------------------------------------------------------------------------------------------------

# cargo_tool <crate> <version> [cargo's options]
cargo_tool() {
  local crate=$1 version=$2 program=${1%-cli}
  shift 2
  if [[ $("$program" --version 2>/dev/null) == "$program $version"* ]]; then return; fi
  say "compiling $crate $version into $NF_TOOLS (once; a minute or two)"
  # Flags and targets of the build at hand are none of the tool's business.
  env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET -u CARGO_TARGET_DIR \
    cargo install "$crate" --version "$version" --root "$NF_TOOLS" --force "$@"
}

# What cuts the wasm in two. It does not say its version, but cargo has noted what it installed.
split_tool() {
  local installed="^\"wasm_split_cli_support $split_version "
  if have wasm-split-cli && grep -qs "$installed" "$NF_TOOLS/.crates.toml"; then return; fi
  cargo_tool wasm_split_cli_support "$split_version" --features build-binary
}

locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { here = $3 == name } here && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' \
    Cargo.lock
}

# --- npm ------------------------------------------------------------------------------------------------------------

npm_packages() {
  local done=node_modules/.nf-lock
  if cmp -s package-lock.json "$done"; then return; fi
  say "installing npm's packages into node_modules/"
  # No package here needs its install script.
  npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json "$done"
}

# --- Debian ---------------------------------------------------------------------------------------------------------

browser() {
  local missing=()
  [[ -x ${CHROMIUM:-/usr/bin/chromium} ]] || missing+=(chromium)
  have chromedriver || missing+=(chromium-driver)
  # Without a Chinese font, pictures of the pages show boxes and their sizes are wrong.
  has_chinese_font || missing+=(fontconfig fonts-noto-cjk)
  # The one library Chromium 79 wants and its archive lacks.
  compgen -G "/usr/lib/*/libnspr4.so" >/dev/null || missing+=(libnspr4)
  engines
  if [[ ${#missing[@]} -gt 0 ]]; then debian "what the browser tests need" "${missing[@]}"; fi
}

# Firefox and WebKit, added to what is missing. Where nothing can bring them, their tests say that they did not run.
engines() {
  local engines=()
  [[ -x ${FIREFOX:-/usr/bin/firefox-esr} ]] || engines+=(firefox-esr)
  have WebKitWebDriver || engines+=(webkit2gtk-driver)
  # The display that WebKit draws on.
  have Xvfb || engines+=(xvfb)
  if have apt-get; then
    missing+=("${engines[@]}")
  elif [[ ${#engines[@]} -gt 0 ]]; then
    say "no apt here and not installed, so Firefox or WebKit will not be tested: ${engines[*]}"
  fi
}

has_chinese_font() {
  have fc-list && [[ -n $(fc-list :lang=zh-cn family) ]]
}

# debian <what for> <package>...
debian() {
  local purpose=$1
  shift
  if ! have apt-get || [[ $(id -u) != 0 ]]; then
    die "missing: $purpose. Install (Debian's names): $*"
  fi
  say "installing $purpose from Debian: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -y -q --no-install-recommends "$@" </dev/null
}

# --------------------------------------------------------------------------------------------------------------------

have() { command -v "$1" >/dev/null; }
say() { echo "tools: $*" >&2; }
die() { say "$*"; exit 1; }

main "$@"
