#!/usr/bin/env bash
# Builds the package as it would be published, with every feature, on the lowest versions of its
# dependencies that its manifest allows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mkdir -p "${CARGO_TARGET_DIR:-target}/minimal"
CARGO_TARGET_DIR=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
# As in the workspace, so that what is the same there is not built again.
export CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=line-tables-only

cargo package --quiet --no-verify --allow-dirty --package hookproof
name=$(cargo pkgid --package hookproof | sed 's/.*[#@]/hookproof-/')
tar -xf "$CARGO_TARGET_DIR/package/$name.crate" -C "$CARGO_TARGET_DIR/minimal"
cd "$CARGO_TARGET_DIR/minimal/$name"

# What tests need reaches no user, and would raise the versions. It is in no workspace.
awk '/^\[/ { test = /^\[dev-dependencies/ } !test' Cargo.toml >stripped.toml
echo '[workspace]' >>stripped.toml
mv stripped.toml Cargo.toml

# The option is not stable; what is built after it, the stable compiler builds.
RUSTC_BOOTSTRAP=1 cargo -Z direct-minimal-versions update --quiet
cargo check --locked --all-features --config 'profile.dev.package."*".debug=false'
