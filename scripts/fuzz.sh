#!/usr/bin/env bash
# Fuzzes every target:
#
#   scripts/fuzz.sh [SECONDS]       each for some seconds (8), from the seeds alone and with one fixed
#                                   random seed: for every change
#   scripts/fuzz.sh --hours HOURS   for so many hours, with what was learned before and another
#                                   random seed each time: to find something
#
# Either runs as many targets side by side as there are cores. FUZZ_TARGETS="whole secret" runs only
# those. With a nightly toolchain the address sanitizer is on; on stable alone it is off. Findings are
# kept in fuzz/artifacts, what was learned in fuzz/corpus; the seeds are read and never written.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    echo "usage: scripts/fuzz.sh [SECONDS] | --hours HOURS" >&2
    exit 2
}

mode=short
if [ "${1-}" = --hours ]; then
    mode=long
    shift
    [ $# -eq 1 ] || usage
fi
amount=${1:-8}
number='^[0-9]+$'
[ $mode = short ] || number='^[0-9]+(\.[0-9]+)?$'
[[ $amount =~ $number ]] || usage

read -ra targets <<<"${FUZZ_TARGETS-}"
if [ ${#targets[@]} -eq 0 ]; then
    for source in fuzz/fuzz_targets/*.rs; do
        targets+=("$(basename "$source" .rs)")
    done
fi

if rustup run nightly cargo --version >/dev/null 2>&1; then
    build=(rustup run nightly cargo fuzz build)
else
    build=(cargo fuzz build -s none)
fi

# The fuzzer's own runtime is C++.
ready() {
    command -v c++ >/dev/null &&
        { cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked; }
}
if ! ready; then
    for target in "${targets[@]}"; do
        echo "not run: ${build[*]} $target, and fuzz/target/…/$target fuzz/seeds/$target"
    done
    exit 0
fi

cores=$(nproc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Sockets of the targets go there too.
export TMPDIR=$work
export ASAN_OPTIONS=detect_odr_violation=0:detect_leaks=0
host=$(rustc -vV | sed -n 's/^host: //p')
programs=${CARGO_TARGET_DIR:-fuzz/target}/$host/release

"${build[@]}" >"$work/build" 2>&1 || {
    cat "$work/build" >&2
    exit 1
}

# One target for so many seconds. What is left over of a number stands behind its name.
fuzz() {
    local target=$1 seconds=$2 log=$work/$1.log corpus options=() TIMEFORMAT=%U
    if [ $mode = short ]; then
        # The same inputs each time, whatever was learned on this machine.
        corpus=$work/$target
        options=(-seed=1)
    else
        corpus=fuzz/corpus/$target
    fi
    mkdir -p "$corpus" "fuzz/artifacts/$target"
    if {
        time "$programs/$target" "$corpus" "fuzz/seeds/$target" "${options[@]}" \
            -artifact_prefix="fuzz/artifacts/$target/" -timeout=60 -print_final_stats=1 \
            -max_total_time="$seconds" >"$log" 2>&1
    } 2>>"$work/$target.seconds"; then
        awk -v target="$target" '
            $1 == "stat::number_of_executed_units:" { runs = $2 }
            $1 == "stat::average_exec_per_sec:" { speed = $2 }
            END { print target ": " runs " runs, " speed " exec/s, ok" }' "$log"
        awk '$1 == "stat::number_of_executed_units:" { print $2 }' "$log" >>"$work/$target.runs"
    else
        grep -a -A 4 -e 'panicked at' -e 'ERROR: ' -e 'Test unit written' "$log" | head -n 60 >&2
        echo "$target: FAILED, see above and fuzz/artifacts/$target"
        touch "$work/failed"
    fi
}

# Every target for so many seconds, as many at once as there are cores.
round() {
    for target in "${targets[@]}"; do
        while [ "$(jobs -rp | wc -l)" -ge "$cores" ]; do
            wait -n || true
        done
        fuzz "$target" "$1" &
    done
    wait
}

if [ $mode = short ]; then
    round "$amount"
else
    # In rounds: what a process keeps for good, such as files of schemes, does not add up.
    each=$(awk "BEGIN { print int($amount * 3600 * $cores / ${#targets[@]}) }")
    while [ "$each" -gt 0 ] && [ ! -e "$work/failed" ]; do
        seconds=$((each < 600 ? each : 600))
        round "$seconds"
        each=$((each - seconds))
    done
    echo
    echo "for the log in fuzz/README.md, in hours of a core's time:"
    for target in "${targets[@]}"; do
        [ -e "$work/$target.runs" ] || continue
        runs=$(awk '{ all += $1 } END { print all }' "$work/$target.runs")
        hours=$(awk '{ all += $1 } END { printf "%.2f", all / 3600 }' "$work/$target.seconds")
        echo "| $(date -u +%F) | $(git rev-parse --short HEAD) | $target | $hours | $runs |"
    done
fi
[ ! -e "$work/failed" ]
