#!/usr/bin/env bash
# Holds hookproof's verdicts against those of the vendors' own libraries, for Node and for Python, in the
# versions that tests/differential/ pins. Where one of the two languages is missing and cannot be installed
# it says so and passes.
#
# Other versions are named in package.json there, and locked by
#   npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
# and in requirements.in, which says how that is locked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

not_run() {
    printf 'not run: scripts/differential.sh (%s)\n' "$1"
    exit 0
}

# Installs Debian's packages where it may.
install() {
    command -v apt-get >/dev/null || return 0
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq "$@" || true
}

# The oldest that the libraries take.
has_node() { command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; }
has_python() { python3 -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

has_node || install nodejs npm
has_node || not_run "Node 20 or newer with npm is missing; Debian: sudo apt-get install nodejs npm"
has_python || install python3 python3-venv
has_python || not_run "Python 3.11 or newer with venv is missing; Debian: sudo apt-get install python3-venv"

# They stay there until what is pinned changes.
folder=${CARGO_TARGET_DIR:-target}/differential
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
pinned=$(cat tests/differential/package-lock.json tests/differential/requirements.txt)
if [ "$(cat "$folder/pinned" 2>/dev/null)" != "$pinned" ]; then
    rm -rf "$folder" && mkdir -p "$folder"
    cp tests/differential/package.json tests/differential/package-lock.json "$folder"
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel error
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
        --no-deps --require-hashes --requirement tests/differential/requirements.txt
    printf '%s\n' "$pinned" >"$folder/pinned"
fi
# A module's imports are looked for beside it.
cp tests/differential/judge.mjs tests/differential/judge.py "$folder"

HOOKPROOF_LIBRARIES=$folder exec cargo test --locked --package hookproof --all-features --test differential -- \
    --include-ignored --nocapture
