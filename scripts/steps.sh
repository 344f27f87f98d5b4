# Sourced by the other scripts: where things are, one line of progress per step, and failures that say what to do.
# shellcheck shell=bash
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
TARGET="${CARGO_TARGET_DIR:-target}"
STAMPS="$TARGET/stamps"
mkdir -p "$STAMPS"

# Tools that `setup` put here because the system's are missing or too old.
for tools in .tools/node/node_modules/.bin .tools/node/node_modules/node-linux-*/bin "$HOME/.cargo/bin"; do
  if [ -d "$tools" ]; then PATH="$(cd "$tools" && pwd):$PATH"; fi
done
export PATH

step() { printf '==> %s\n' "$*" >&2; }

# fail WHAT WHAT-TO-DO
fail() {
  printf 'error: %s\n       %s\n' "$1" "$2" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# quietly LOG COMMAND...: runs a command whose output matters only when it fails.
quietly() {
  local log="$STAMPS/$1.log"
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    fail "'$*' failed" "The whole output is in $log."
  fi
}

# fingerprint PATH...: one hash over the contents and names of all files below.
fingerprint() {
  find "$@" -type f -not -path '*/node_modules/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# changed STAMP FINGERPRINT: whether the stamp says something else.
changed() { [ "$(cat "$STAMPS/$1" 2>/dev/null || true)" != "$2" ]; }
stamp() { printf '%s\n' "$2" >"$STAMPS/$1"; }

# npm_install FOLDER: exactly the locked packages, only when the lock file changed since the last time.
# Not `npm ci`: it refuses a lock file without the optional binaries of every other platform (npm 11), and a mirror may
# not carry those. `--no-save` installs what is locked and never writes; that the lock fits package.json is checked here.
npm_install() {
  local name lock
  name="npm-$(printf '%s' "$1" | tr '/' '-')"
  lock="$(fingerprint "$1/package.json" "$1/package-lock.json")"
  if [ -d "$1/node_modules" ] && ! changed "$name" "$lock"; then return 0; fi
  node -e '
    const read = (name) => JSON.parse(require("node:fs").readFileSync(`${process.argv[1]}/${name}`, "utf8"));
    const asked = read("package.json"), locked = read("package-lock.json").packages[""];
    for (const kind of ["dependencies", "devDependencies", "optionalDependencies"])
      require("node:assert").deepStrictEqual(locked[kind] ?? {}, asked[kind] ?? {});
  ' "$1" 2>/dev/null || fail "$1/package-lock.json does not fit $1/package.json" "Run: npm --prefix $1 install"
  step "installing the packages of $1"
  quietly "$name" npm --prefix "$1" install --no-save --no-audit --no-fund --prefer-offline
  stamp "$name" "$lock"
}

# build_console: ui/dist, only when its sources changed.
build_console() {
  npm_install ui
  local sources
  # What the build itself writes is no source: with it, the second start would build once more.
  sources="$(find ui -type f -not -path '*/node_modules/*' -not -path 'ui/dist/*' -not -path 'ui/src/paraglide/*' \
    \( -not -path 'ui/project.inlang/*' -o -name settings.json \) -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)"
  if [ -f ui/dist/index.html ] && ! changed console "$sources"; then return 0; fi
  step "building the console"
  quietly console-build npm --prefix ui run build
  stamp console "$sources"
}
