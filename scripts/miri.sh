#!/usr/bin/env bash
# Runs tests of the core under Miri, which sees undefined behaviour and data races: our own code has no
# `unsafe`, what it builds on has.
#
#   scripts/miri.sh [SEEDS]   the exchange of keys under so many orders of its threads (1)
#
# Where the toolchain has no Miri, the commands are printed as not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seeds=${1-1}
[[ $seeds =~ ^[1-9][0-9]*$ ]] || { echo "usage: scripts/miri.sh [SEEDS]" >&2; exit 2; }

# The clock is the machine's. In a folder of its own, since everything is built for the interpreter.
export MIRIFLAGS="-Zmiri-disable-isolation"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/miri

miri() {
    if rustup run nightly cargo miri --version >/dev/null 2>&1; then
        rustup run nightly cargo miri test --quiet --locked --package hookproof --no-default-features "$@"
    else
        printf 'not run: %s (rustup component add miri rust-src --toolchain nightly)\n' \
            "MIRIFLAGS='$MIRIFLAGS' cargo +nightly miri test --package hookproof --no-default-features $*"
    fi
}

miri --lib
MIRIFLAGS+=" -Zmiri-many-seeds=0..$seeds"
miri --test threads
