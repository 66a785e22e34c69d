#!/usr/bin/env bash
# Runs every test, of every set of features. Needs stable Rust and a C linker; asks for nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cargo >/dev/null; then
    echo "cargo is missing: install stable Rust (1.88 or newer) from https://rustup.rs" >&2
    exit 1
fi
if ! command -v cc >/dev/null; then
    echo "a C linker is missing: install one (Debian: apt-get install gcc libc6-dev; macOS: xcode-select --install)" >&2
    exit 1
fi

echo "== everything, with every feature"
cargo test --locked --workspace --all-features

# The library's own tests, with each feature alone: what a feature hides must not be needed elsewhere.
for features in "" tower axum json events tracing "axum,json"; do
    echo "== the library with [${features}]"
    cargo test --locked --package hookproof --no-default-features --features "$features"
done
