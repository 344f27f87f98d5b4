#!/usr/bin/env bash
# The real window, driven through WebKit's own driver on a virtual display. Needs `make setup`, and the tests built.
source "$(dirname "$0")/steps.sh"

if [ "$(uname -s)" != Linux ]; then
  step "real window: skipped, WebKitWebDriver is for Linux"
  exit 0
fi
for tool in Xvfb dbus-run-session WebKitWebDriver; do
  has "$tool" || fail "$tool is missing" "Run: make setup"
done

if has cargo-nextest; then
  run=(cargo nextest run --workspace --profile desktop --run-ignored only -E 'binary(desktop) and not test(/^grid::/)')
else
  run=(cargo test --workspace --test desktop -- --ignored --test-threads=1 --skip grid::)
fi

step "real window: on a virtual display"
# A session bus of its own, without accessibility: start-up waits for that bus otherwise.
NO_AT_BRIDGE=1 xvfb-run --auto-servernum --server-args='-screen 0 1600x1000x24' dbus-run-session -- "${run[@]}"
