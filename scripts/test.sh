#!/usr/bin/env bash
# Runs every test, of every set of features. Needs stable Rust and a C linker, and redis-server and
# Chromium with its driver, which it installs where it may; asks for nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() {
    echo "$1 is missing: install it ($2)" >&2
    exit 1
}

command -v cargo >/dev/null || missing "cargo" "stable Rust, 1.88 or newer, from https://rustup.rs"
command -v cc >/dev/null || missing "a C linker" \
    "Debian: apt-get install gcc libc6-dev; macOS: xcode-select --install"

# Installs a command that is missing: COMMAND, Debian's packages, Homebrew's arguments.
install() {
    if command -v "$1" >/dev/null; then
        return
    elif command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        # shellcheck disable=SC2086 # several packages
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $2
    elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
        # shellcheck disable=SC2086
        sudo apt-get update -qq && sudo apt-get install -y -qq $2
    elif command -v brew >/dev/null; then
        # shellcheck disable=SC2086
        brew install $3
    fi
    command -v "$1" >/dev/null || missing "$1" \
        "Debian: sudo apt-get install $2; macOS: brew install $3"
}

install redis-server redis-server redis
install chromedriver "chromium chromium-driver" "--cask chromium chromedriver"

# A server for the tests that share one; those that stop or kill theirs start it themselves.
folder=$(mktemp -d)
server=
stop_redis() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap stop_redis EXIT
for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$folder" \
        --logfile "$folder/log" >/dev/null &
    server=$!
    for _ in $(seq 100); do
        grep -q "Ready to accept connections" "$folder/log" 2>/dev/null && break 2
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    kill "$server" 2>/dev/null || true
    server=
    rm -f "$folder/log"
done
[ -n "$server" ] || { echo "redis-server does not start" >&2; exit 1; }
export HOOKPROOF_TEST_REDIS="redis://127.0.0.1:$port/0"

echo "== everything, with every feature"
cargo test --locked --workspace --all-features

# The library's own tests with less than everything. `scripts/features.sh` compiles them with other sets.
for features in "" "axum,json,memory-store,testing"; do
    echo "== the library with [${features}]"
    cargo test --locked --package hookproof --no-default-features --features "$features"
done

echo "== the memory store and the exchange of keys, in every order of their steps"
scripts/model.sh
