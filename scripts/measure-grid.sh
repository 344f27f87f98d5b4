#!/usr/bin/env bash
# measure-grid.sh [HISTORY.csv.zst]: the orders grid in the real window on a whole sales history.
source "$(dirname "$0")/steps.sh"

history="${1:-../shared/data/online-retail.csv.zst}"
[ -f "$history" ] || fail "$history is missing" "Name a file in the columns of the UCI Online Retail set."

scripts/setup.sh test
build_console
step "building"
cargo build --workspace --bins --quiet
cargo test --workspace --test desktop --no-run --quiet

plain="$(mktemp)"
trap 'rm -f "$plain"' EXIT
zstd --decompress --quiet --stdout "$history" >"$plain"
step "the real window on it; load average $(cut -d' ' -f1-3 /proc/loadavg)"
NO_AT_BRIDGE=1 SWITCHYARD_GRID_HISTORY="$plain" \
  xvfb-run --auto-servernum --server-args='-screen 0 1600x1000x24' dbus-run-session -- \
  cargo test --workspace --test desktop -- --ignored --exact --nocapture \
  grid::a_grid_of_the_whole_history_opens_filters_and_scrolls
