#!/usr/bin/env bash
# Builds what changed and shows the console on simulated shops and warehouses.
source "$(dirname "$0")/steps.sh"

scripts/setup.sh run
build_console
step "building Switchyard"
# --workspace, here and everywhere: every target then agrees on features, and nothing is built twice.
cargo build --workspace --bins --quiet || fail "the build failed" "The compiler's words are above."

# exec: Ctrl-C and TERM reach the one process that runs everything, and it ends with all it started.
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
  step "opening the console; Ctrl-C or closing its window ends it"
  exec "$TARGET/debug/switchyard" --sandbox "$@"
fi
step "no display: serving the console for a browser; Ctrl-C ends it"
exec "$TARGET/debug/switchyardd" serve --sandbox "$@"
