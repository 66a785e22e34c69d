#!/usr/bin/env bash
# Holds the public API, with every feature, to docs/public-api.txt. With --update, writes it there.
#
# The stable rustdoc tells it in a format that is not stable yet, and so must be asked by a variable. It
# alone is: were it set for cargo, all dependencies would be built again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kept=docs/public-api.txt
# The format that scripts/public-api reads.
format=57
target=$(mkdir -p "${CARGO_TARGET_DIR:-target}/tools" && cd "${CARGO_TARGET_DIR:-target}" && pwd)

case ${1-} in
"" | --update) ;;
*)
    echo "usage: scripts/public-api.sh [--update]" >&2
    exit 2
    ;;
esac

printf '#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@"\n' >"$target/tools/rustdoc"
chmod +x "$target/tools/rustdoc"
RUSTDOC="$target/tools/rustdoc" cargo rustdoc --quiet --locked --package hookproof --lib --all-features \
    --target-dir "$target" -- -Z unstable-options --output-format json
told=$(grep -o '"format_version":[0-9]*' "$target/doc/hookproof.json" | tail -1)
if [ "$told" != "\"format_version\":$format" ]; then
    printf 'not run: scripts/public-api.sh (%s of %s; %s is read)\n' "$told" "$(rustdoc --version)" "$format"
    exit 0
fi

cargo run --quiet --locked --manifest-path scripts/public-api/Cargo.toml --target-dir "$target/public-api" -- \
    "$target/doc/hookproof.json" >"$target/public-api.txt"
if [ "${1-}" = --update ]; then
    cp "$target/public-api.txt" "$kept"
elif ! diff -u "$kept" "$target/public-api.txt"; then
    echo "the public API is not the one of $kept: docs/semver.md says what a change of it is;" >&2
    echo "scripts/public-api.sh --update keeps it" >&2
    exit 1
fi
