#!/usr/bin/env bash
# Writes what is generated and committed: the API document, and the console's types from it.
source "$(dirname "$0")/steps.sh"

scripts/setup.sh run
npm_install ui
npm_install ui/tools
mkdir -p ui/dist

step "writing openapi/switchyard.json"
cargo build --workspace --bins --quiet
"$TARGET/debug/switchyardd" openapi >"$STAMPS/switchyard.json"
mv "$STAMPS/switchyard.json" openapi/switchyard.json

step "writing ui/src/api/schema.ts"
npm --prefix ui run --silent gen:api
