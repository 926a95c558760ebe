# Where the project's own tools lie, first on PATH. Sourced by the scripts beside it; the Makefile exports the same.
: "${NF_TOOLS:=${XDG_CACHE_HOME:-$HOME/.cache}/nomination-form}"
# Links to Debian's Rust, there only where it is used: asked for by NF_TOOLCHAIN=debian, or for want of rustup's.
NF_RUST=$NF_TOOLS/rust-${NF_TOOLCHAIN:-auto}/bin
export NF_TOOLS NF_RUST
export PATH="$NF_RUST:$PWD/node_modules/.bin:$NF_TOOLS/bin:$PATH:$HOME/.cargo/bin"
