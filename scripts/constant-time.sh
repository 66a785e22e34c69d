#!/usr/bin/env bash
# The evidence that time tells of no secret (docs/constant-time.md): the gate under memcheck, and the
# statistics. With --gate the gate alone, which needs no quiet machine. What cannot run is printed as
# not run, with its command.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1-}" in
'' | --gate) ;;
*)
    echo "usage: scripts/constant-time.sh [--gate]" >&2
    exit 2
    ;;
esac

run=(cargo run --release --locked --quiet --manifest-path constant-time/Cargo.toml)

# Memcheck knows the instructions of other processors and systems, too, but was tried on these alone.
if [ "$(uname -sm)" != "Linux x86_64" ]; then
    printf 'not run: %s (Linux on x86_64)\n' "${run[*]} --features gate --bin gate"
else
    if ! command -v valgrind >/dev/null && command -v apt-get >/dev/null; then
        as_root=
        [ "$(id -u)" = 0 ] || as_root="sudo -n"
        $as_root apt-get update -qq && $as_root apt-get install -y -qq valgrind || true
    fi
    if command -v valgrind >/dev/null; then
        "${run[@]}" --features gate --bin gate
    else
        printf 'not run: %s (valgrind is missing; Debian: sudo apt-get install valgrind)\n' \
            "${run[*]} --features gate --bin gate"
    fi
fi

[ "${1-}" = --gate ] || "${run[@]}" --bin statistics
