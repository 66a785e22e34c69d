#!/usr/bin/env bash
# Lints the library without any feature, with each alone, and with those pairs that meet in its code, and
# compiles its tests with some: what a feature hides must not be needed elsewhere.
#   --list   prints those sets, one a line
#   --pairs  lints it with every pair instead: 234 builds, by cargo hack
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The manifest's, so that none is forgotten. The default is but another name for one of them.
sets() {
    echo
    sed -n '/^\[features\]$/,/^$/s/^\([a-z][a-z-]*\) = .*/\1/p' Cargo.toml | grep -vx default
    printf '%s\n' forms,json axum,json axum,proxies axum,tenants axum,tracing events,tower events,tracing redis,tracing
}

case ${1-} in
"")
    sets | while read -r features; do
        echo "== [$features]"
        cargo clippy --quiet --locked --package hookproof --lib --no-default-features \
            --features "$features" -- -D warnings </dev/null
    done
    for features in all-providers tower "config,events" "redis,tracing"; do
        echo "== its tests, with [$features]"
        cargo check --quiet --locked --package hookproof --tests --no-default-features --features "$features"
    done
    ;;
--list) sets ;;
--pairs)
    command -v cargo-hack >/dev/null || { echo "cargo install --locked cargo-hack" >&2; exit 1; }
    cargo hack clippy --locked --package hookproof --lib --feature-powerset --depth 2 \
        --exclude-features default,loom --exclude-no-default-features -- -D warnings
    ;;
*)
    echo "usage: scripts/features.sh [--list | --pairs]" >&2
    exit 2
    ;;
esac
