#!/usr/bin/env bash
# The providers' sandbox with chaos against a receiver, without a pause for SECONDS (600 unless told
# otherwise): every event is handled once, nothing else is, and the receiver's memory is flat. Fails with a
# sentence for each claim that does not hold. The profile and the features are those of the tests, so that
# nothing is built twice.
set -euo pipefail
cd "$(dirname "$0")/.."

exec cargo run --locked --all-features --example soak -- "${1:-600}"
