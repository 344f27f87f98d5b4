#!/usr/bin/env bash
# Formatting, lints, types and documentation. A warning is an error.
source "$(dirname "$0")/steps.sh"

scripts/setup.sh test
npm_install ui

step "console: formatting and lints"
npm --prefix ui run --silent lint
(cd ui && npx --no-install biome check --config-path=. ../tests/browser/*.mjs)
step "console: types"
npm --prefix ui run --silent typecheck
step "console: unused files, exports and packages"
npm --prefix ui run --silent knip

step "Rust: formatting"
cargo fmt --all --check || fail "the formatting differs" "Run: make format"

# The desktop embeds the console; lints need the folder, not its content.
mkdir -p ui/dist
step "Rust: lints"
cargo clippy --workspace --all-targets --quiet -- -D warnings
step "Rust: documentation"
# Private items are documented too, so a link to one is no mistake.
# --examples: makes cargo choose the features that clippy has just checked all dependencies with.
RUSTDOCFLAGS='-D warnings -A rustdoc::private-intra-doc-links' cargo doc --workspace --lib --bins --examples --no-deps --document-private-items --quiet

step "scripts"
for script in scripts/*.sh .ci/run; do bash -n "$script"; done
