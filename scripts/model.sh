#!/usr/bin/env bash
# Tries the memory store and the exchange of keys under every interleaving of threads, with the model
# checker's locks in place of the real ones. In a folder of its own, since every crate is built under its
# `cfg`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/model
export RUSTFLAGS="--cfg hookproof_loom"
cargo test --locked --manifest-path tests/model/Cargo.toml
