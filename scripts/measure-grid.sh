#!/usr/bin/env bash
# measure-grid.sh HISTORY.csv.zst: the orders grid in the real window on a whole sales history, with an optimized build.
source "$(dirname "$0")/steps.sh"

history="${1:-../shared/data/online-retail.csv.zst}"
[ -f "$history" ] || fail "$history is missing" "Name a file in the columns of the UCI Online Retail set."
data="${GRID_DATA:-$TARGET/grid}"
orders="${GRID_ORDERS:-22000}"

has sqlite3 || fail "sqlite3 is missing" "Install the package sqlite3."

scripts/setup.sh test
build_console
step "building, optimized"
cargo build --workspace --bins --release --quiet
cargo test --workspace --test desktop --release --no-run --quiet

if [ ! -f "$data/complete" ]; then
  step "taking $orders orders in, through shop, engine and warehouses"
  mkdir -p "$data"
  "$TARGET/release/switchyardd" serve --sandbox --orders "$history" --speed 60 --listen 127.0.0.1:0 --data "$data" \
    >"$data/said" 2>"$data/log" &
  daemon=$!
  trap 'kill "$daemon" 2>/dev/null || true' EXIT
  began=$SECONDS
  until [ "$(sqlite3 -readonly "$data/sandbox/switchyard.db" 'select count(*) from orders' 2>/dev/null || echo 0)" -ge "$orders" ]; do
    kill -0 "$daemon" || fail "the daemon ended" "Its words are in $data/log"
    sleep 1
  done
  step "taken in within $((SECONDS - began)) s"
  kill "$daemon"
  wait "$daemon" || true
  touch "$data/complete"
fi

step "the real window on it; load average $(cut -d' ' -f1-3 /proc/loadavg)"
NO_AT_BRIDGE=1 SWITCHYARD_GRID_DATA="$data/sandbox" \
  xvfb-run --auto-servernum --server-args='-screen 0 1600x1000x24' dbus-run-session -- \
  cargo test --workspace --release --test desktop -- --ignored --exact --nocapture \
  grid::a_grid_of_the_whole_history_opens_filters_and_scrolls
