# The whole workflow. Every target installs first what it needs and has not got; the second time that takes no time.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# One cargo at a time, and the quick tests first.
.NOTPARALLEL:

# As in .ci/env.sh, where it is explained.
export NF_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/nomination-form
export PATH := $(NF_TOOLS)/rust-$(or $(NF_TOOLCHAIN),auto)/bin:$(CURDIR)/node_modules/.bin:$(NF_TOOLS)/bin:$(PATH):$(HOME)/.cargo/bin

target := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help serve dev build test lint fmt test-native test-schema test-wasm fuzz bench bench-page e2e soak shots size tools tools-test clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

serve: build ## The demo portal on http://127.0.0.1:8080 (PORT, DATA_DIR and NOW change what it says)
	cargo run --release --locked --example reference_host

dev: tools ## The bare component on http://127.0.0.1:8081, rebuilt at every change; sends to `make serve`
	env -u NO_COLOR trunk serve --offline

build: tools ## dist/nf/, the folder hosts serve: release code for Chromium 79 and later
	.ci/build.sh

test: lint test-native test-schema test-wasm build size e2e ## Everything: lint, native and wasm tests, the build, its size, browsers

lint: tools ## Formatting, and clippy with warnings as errors, with and without the element
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features element -- -D warnings

fmt: ## Format the Rust code
	cargo fmt

test-native: tools ## Tests of the engine, the host and the examples in the docs
	cargo test --locked

test-schema: tools ## The JSON Schemas under ajv, in strict mode
	cargo build --locked --bin nomination
	NOMINATION=$(abspath $(target))/debug/nomination node --test --test-reporter=spec tests/schema/*.test.mjs

test-wasm: tools-test ## The same verdicts in wasm, and what only a browser can show, in headless Chromium
	.ci/test-wasm.sh

fuzz: tools ## Each fuzzer for a while (FUZZ_SECONDS, 60): campaigns, submissions, files, texts, conditions
	.ci/fuzz.sh

bench: tools ## How long judging takes, a key takes, and reading a campaign
	cargo bench --locked --bench judging

bench-page: build tools-test ## What the form costs a phone: time until it can be filled in, a key, memory (RUNS, 5)
	cargo build --release --locked --example reference_host
	REFERENCE_HOST=$(abspath $(target))/release/examples/reference_host node benches/page.mjs

e2e: build tools-test ## The shipped component in real browsers, against the reference host
	cargo build --release --locked --bin nomination --example reference_host --example pictures
	REFERENCE_HOST=$(abspath $(target))/release/examples/reference_host \
	PICTURES=$(abspath $(target))/release/examples/pictures \
	NOMINATION=$(abspath $(target))/release/nomination \
	node --test --test-reporter=spec --test-concurrency=1 tests/e2e/*.test.mjs

soak: build tools-test ## Nothing lost, nothing twice, at length: SENDINGS (500) over a bad line, KILLS (200) of the browser, SEED (1)
	cargo build --release --locked --example reference_host
	REFERENCE_HOST=$(abspath $(target))/release/examples/reference_host \
	SENDINGS=$(or $(SENDINGS),500) KILLS=$(or $(KILLS),200) SEED=$(or $(SEED),1) \
	node --test --test-reporter=spec --test-concurrency=1 tests/e2e/sendings.test.mjs tests/e2e/kills.test.mjs

shots: build tools-test ## Pictures of the form to look at: each state, width, colours and size of text
	cargo build --release --locked --example reference_host
	REFERENCE_HOST=$(abspath $(target))/release/examples/reference_host node tests/e2e/shots.mjs

size: build ## What goes over the wire, and whether it keeps to the budget
	@node .ci/size.mjs

tools: # What building needs
	@.ci/tools.sh build

tools-test: # What testing needs
	@.ci/tools.sh test

clean: ## Remove what was built here; installed tools stay
	cargo clean
	rm -rf dist node_modules
