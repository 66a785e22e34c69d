#!/usr/bin/env bash
# Changes the library on purpose, one place at a time, and runs the tests on each change, which must fail
# for it: a comparison turned round, a check left out, an answer made up.
#
#   scripts/mutants.sh          every change of what .cargo/mutants.toml names: some hours
#   scripts/mutants.sh --fast   those from which a wrong acceptance would come most directly: some minutes
#
# A change that no test notices must stand in .cargo/mutants-explained.txt with the reason why it changes
# nothing that matters; and whoever stands there and was noticed must go. Works on a copy of the
# repository, in the target folder; the results stay beside it, in mutants.out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1-}" in
"") mode=whole ;;
--fast) mode=fast ;;
*)
    echo "usage: scripts/mutants.sh [--fast]" >&2
    exit 2
    ;;
esac

explained=$PWD/.cargo/mutants-explained.txt
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target/mutants"
target=$(cd "$target/mutants" && pwd)
export PATH="$PATH:$target/tools/bin"

# Built without optimisation, which takes a third of the time; it only starts other programs.
cargo mutants --version >/dev/null 2>&1 ||
    CARGO_TARGET_DIR=$target/tools/target cargo install --quiet --debug --locked --root "$target/tools" \
        cargo-mutants || {
    echo "not run: scripts/mutants.sh ${1-} (cargo install --locked cargo-mutants)"
    exit 0
}

# A copy with times of its own, so that cargo takes nothing that was built of a change for the original.
rm -rf "$target/tree" "$target/mutants.out" "$target/mutants.out.old"
mkdir "$target/tree"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xmf - -C "$target/tree"
cd "$target/tree"

# Only the library is built anew for each change, and only to be run.
export CARGO_TARGET_DIR=$target/build CARGO_INCREMENTAL=1 CARGO_PROFILE_DEV_DEBUG=0
export CARGO_PROFILE_TEST_DEBUG=0

# Runs the tests of these programs, and builds no others, on what no stage before has noticed. What it
# finds is compared below.
stage() {
    local programs=() status=0 program
    for program; do
        programs+=("--cargo-arg=$program")
    done
    cargo mutants --in-place --iterate --output "$target" --no-times --colors never \
        "${options[@]}" "${programs[@]}" || status=$?
    # 2: some were missed; 3: some ran for too long.
    case $status in 0 | 2 | 3) ;; *) exit "$status" ;; esac
}

if [ $mode = fast ]; then
    # No pattern is compared with the fields of expressions: files with some are excluded apart.
    options=(
        --re '^src/(mac|verify/(judged|whole/compare))\.rs:' --exclude 'src/replay/**'
        --exclude src/verify/receipt.rs --exclude src/verify/whole/identity.rs
        --minimum-test-timeout 30
    )
    stage --test=vectors --test=schemes
else
    options=(--minimum-test-timeout 60)
    stage --lib --test=schemes --test=secrets --test=presets --test=vectors --test=config
    stage --test=families --test=keys --test=signing --test=streaming --test=time --test=lessons
    stage --tests
fi

# A change's name without its line, which moves: "replace == with != in f" as often as it was missed.
missed=$(sed -E 's/^([^:]+):[0-9]+:[0-9]+: /\1: /' "$target/mutants.out/missed.txt" | sort)
# The same of the list, where "(3)" stands for three of one name.
known=$(sed -E '/^(#|$)/d; s/ -- .*$//' "$explained" | awk '
    match($0, / \([0-9]+\)$/) {
        times = substr($0, RSTART + 2, RLENGTH - 3)
        for (; times > 0; times--) print substr($0, 1, RSTART - 1)
        next
    }
    { print }' | sort)

wrong=$(comm -23 <(printf '%s\n' "$missed") <(printf '%s\n' "$known") | sed '/^$/d; s/^/noticed by no test: /')
if [ $mode = whole ]; then
    wrong+=$(comm -13 <(printf '%s\n' "$missed") <(printf '%s\n' "$known") |
        sed '/^$/d; s/^/explained, but noticed or gone: /')
fi

count() { cat "$target/mutants.out/$1" 2>/dev/null | wc -l; }
listed=$(cargo mutants --list "${options[@]}" | wc -l)
echo "$listed changes: $(count unviable.txt) do not compile, $(count timeout.txt) run for ever," \
    "$(count missed.txt) are explained, the others are noticed"
[ -z "$wrong" ] || {
    printf '%s\n' "$wrong" >&2
    exit 1
}
