#!/usr/bin/env bash
# Runs every fuzz target for some seconds: scripts/fuzz.sh [SECONDS]
#
# With a nightly toolchain the address sanitizer is on; on stable alone it is off. Findings are kept
# in fuzz/artifacts, what was learned in fuzz/corpus; the seeds are read and never written.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-20}
case $seconds in
'' | *[!0-9]*)
    echo "usage: scripts/fuzz.sh [SECONDS]" >&2
    exit 2
    ;;
esac

targets=()
for source in fuzz/fuzz_targets/*.rs; do
    targets+=("$(basename "$source" .rs)")
done

if rustup run nightly cargo --version >/dev/null 2>&1; then
    fuzz=(rustup run nightly cargo fuzz run)
else
    fuzz=(cargo fuzz run -s none)
fi

# The fuzzer's own runtime is C++.
ready() {
    command -v c++ >/dev/null &&
        { cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked; }
}
if ! ready; then
    for target in "${targets[@]}"; do
        echo "not run: ${fuzz[*]} $target"
    done
    exit 0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for target in "${targets[@]}"; do
    corpus=fuzz/corpus/$target
    mkdir -p "$corpus"
    cp fuzz/seeds/"$target"/* "$corpus"/
    if "${fuzz[@]}" "$target" "$corpus" -- -max_total_time="$seconds" -print_final_stats=1 \
        >"$log" 2>&1; then
        runs=$(awk '$1 == "stat::number_of_executed_units:" { print $2 }' "$log")
        speed=$(awk '$1 == "stat::average_exec_per_sec:" { print $2 }' "$log")
        echo "$target: $runs runs, $speed exec/s, ok"
    else
        tail -n 60 "$log" >&2
        echo "$target: FAILED, see above and fuzz/artifacts/$target"
        status=1
    fi
done
exit "$status"
