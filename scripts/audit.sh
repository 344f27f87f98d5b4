#!/usr/bin/env bash
# Licences, sources, duplicates and known vulnerabilities of every dependency.
source "$(dirname "$0")/steps.sh"

if ! has cargo-deny; then
  step "installing cargo-deny (once, some minutes)"
  quietly cargo-deny-install cargo install cargo-deny --locked --version '^0.20'
fi

step "Rust: licences, bans, sources"
cargo deny --workspace check licenses bans sources

step "Rust: known vulnerabilities"
database="${CARGO_HOME:-$HOME/.cargo}/advisory-dbs"
if [ -n "$(find "$database" -mindepth 1 -maxdepth 1 -type d 2>/dev/null || true)" ]; then
  cargo deny --workspace --offline check advisories
  step "Rust: nothing known in the copy of the advisory database of $(date -r "$database" +%F)"
else
  # Not a pass: nobody looked.
  echo "NOT CHECKED: no copy of the RustSec advisory database is at hand. Where the network has it: cargo deny fetch db" >&2
fi

for folder in ui ui/tools tests/browser; do
  step "npm: known vulnerabilities in $folder"
  if npm --prefix "$folder" audit --audit-level=high >"$STAMPS/npm-audit.log" 2>&1; then
    tail -n 1 "$STAMPS/npm-audit.log"
  elif grep -q 'audit endpoint returned an error\|ENOTFOUND\|EAI_AGAIN' "$STAMPS/npm-audit.log"; then
    echo "NOT CHECKED: the package registry answers no audits here." >&2
  else
    cat "$STAMPS/npm-audit.log" >&2
    fail "an npm package has a known vulnerability" "Update it, then run npm audit again."
  fi
done
