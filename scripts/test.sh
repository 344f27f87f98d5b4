#!/usr/bin/env bash
# Every test. Stops at the first part that fails.
source "$(dirname "$0")/steps.sh"

scripts/setup.sh test
build_console

# The generator of the API types, which a test runs.
npm_install ui/tools
step "console: unit and component tests"
npm --prefix ui test

step "Rust: all crates"
if has cargo-nextest; then
  profile=default
  if [ -n "${CI:-}" ]; then profile=ci; fi
  cargo nextest run --workspace --profile "$profile"
else
  cargo test --workspace --lib --bins --tests
fi

step "Rust: examples in the documentation"
cargo test --workspace --doc --quiet

step "browser: journeys in Chromium against the daemon"
npm_install tests/browser
npm --prefix tests/browser test

scripts/desktop-test.sh
