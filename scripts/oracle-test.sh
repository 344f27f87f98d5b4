#!/usr/bin/env bash
# The router against HiGHS on orders drawn from seeds: same scores at every level, same "why not here".
#   scripts/oracle-test.sh          1,000 orders, some minutes
#   scripts/oracle-test.sh --long   5,200 orders
source "$(dirname "$0")/steps.sh"

count=1000
if [ "${1:-}" = --long ]; then count=5200; fi
has python3 || fail "python3 is missing" "Run: make setup"

venv="$TARGET/oracle"
stamp="$venv/$(sha256sum tests/oracle/requirements.txt | cut -c1-16)"
if [ ! -e "$stamp" ]; then
  step "oracle: HiGHS into $venv"
  rm -rf "$venv"
  quietly oracle-venv python3 -m venv "$venv"
  quietly oracle-pip "$venv/bin/pip" install --quiet -r tests/oracle/requirements.txt
  touch "$stamp"
fi

step "oracle: the router"
cargo build --release --package switchyard-core --example plan
step "oracle: $count orders"
"$venv/bin/python" tests/oracle/oracle.py --program "$TARGET/release/examples/plan" --count "$count"
