#!/usr/bin/env bash
# Counts the instructions of the hot paths under valgrind, and holds them to benches/counts.json.
# With --update, writes them there. Where they cannot be counted it says so and passes.
set -euo pipefail
cd "$(dirname "$0")/.."

not_run() {
    printf 'not run: scripts/counts.sh (%s)\n' "$1"
    exit 0
}

# The library's own code chooses by what the processor has, too: the counts are those with AVX2.
[ "$(uname -sm)" = "Linux x86_64" ] || not_run "counted on Linux on x86_64"
grep -qw avx2 /proc/cpuinfo || not_run "counted on a processor with AVX2"

if ! command -v valgrind >/dev/null && command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq valgrind || true
fi
command -v valgrind >/dev/null || not_run "valgrind is missing; Debian: sudo apt-get install valgrind"

exec cargo run --release --locked --manifest-path benches/Cargo.toml --bin counts -- \
    --rustc "$(rustc --version)" "$@"
