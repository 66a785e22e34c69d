#!/usr/bin/env bash
# Makes docs/performance.md: runs the benches, keeps their rows in docs/performance/, and writes the page
# and its charts.
#   --page         writes the page and its charts from the rows that are kept
#   --without-sha  measures anew what a processor without SHA instructions takes, and then as --page
set -euo pipefail
cd "$(dirname "$0")/.."
kept=docs/performance

benches() { cargo run --release --quiet --locked --manifest-path benches/Cargo.toml "$@"; }

# A file is replaced when all of it is there: the benches exit with 1 where a row could not be read.
measure() {
    cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
    [ -n "$cpu" ] || cpu=$(sysctl -n machdep.cpu.brand_string 2>/dev/null || uname -m)
    benches -- --json >"$kept/rows.jsonl.new"
    mv "$kept/rows.jsonl.new" "$kept/rows.jsonl"
    printf '{"cpu":"%s","cores":%d,"system":"%s","rustc":"%s","date":"%s"}\n' \
        "$cpu" "$(getconf _NPROCESSORS_ONLN)" "$(uname -sm)" "$(rustc --version)" \
        "$(date -u +%F)" >"$kept/machine.json"
}

# The times of the benches, built as a processor without SHA instructions would run them: NAME, flags.
portable() {
    RUSTFLAGS="--cfg sha2_backend=\"soft\" $2" \
        benches --bin hookproof-benches --target-dir "benches/target/$3" -- --json times |
        sed "s/\"row\":\"/&$1: /"
}

# OpenSSL's SHA-256 of 64 KiB at its best of five seconds, with some of the processor's features hidden
# from it: NAME, mask.
assembly() {
    for _ in 1 2 3 4 5; do
        OPENSSL_ia32cap=$2 openssl speed -mr -seconds 1 -bytes 65536 -evp sha256 2>/dev/null
    done | awk -F: -v name="$1" '
        /^\+F:/ && $NF > best { best = $NF }
        END {
            printf "{\"row\":\"%s: ns of SHA-256, 64 KiB\",\"target\":null,\"reading\":%.0f,\"holds\":null}\n",
                name, 65536 / best * 1e9
        }'
}

case ${1-} in
"") measure ;;
--page) ;;
--without-sha)
    {
        portable "portable" "" soft
        portable "portable, x86-64-v3" "-C target-cpu=x86-64-v3" soft-v3
        assembly "assembly with SHA instructions" "~0x0:~0x0"
        assembly "assembly with AVX2" ":~0x20000000"
        assembly "assembly with SSSE3" "~0x1000000000000000:~0x20000020"
    } >"$kept/without-sha.jsonl.new"
    mv "$kept/without-sha.jsonl.new" "$kept/without-sha.jsonl"
    ;;
*)
    echo "usage: scripts/performance.sh [--page | --without-sha]" >&2
    exit 2
    ;;
esac

benches --bin performance
