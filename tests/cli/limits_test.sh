#!/usr/bin/env bash
# limits_test.sh TREE PROGRAM CASE: what the machine refuses is exit code 4 and one clear sentence, never a strategy's fault.
set -uo pipefail

program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

cat >many.json <<'END'
{"period": {"length": "100d"}, "load": {"arrivals": {"rate": "4000/h"}}, "jobs": {"unit": {"duration": "1s"}}}
END
cat >long.json <<'END'
{"period": {"length": "1000d"}, "load": {"arrivals": {"rate": "20/h"}}, "jobs": {"unit": {"duration": "1m"}}}
END

# clear FILE: one sentence about it, and no word of a contract.
clear() {
    (($(wc -l <"$1") == 1)) || fail "not one line on $1"
    says_not "$1" contract
    says_not "$1" internal
    says_not "$1" 'again:'
}

case_memory() {
    local command
    for command in 'run many.json --tables none' 'compare many.json --strategies serial,zuul --replications 2' \
        'sweep many.json --over /jobs/unit/duration=1s,2s --replications 2'; do
        # shellcheck disable=SC2086
        (ulimit -v 400000 && ends 4 "$program" $command --out out --no-progress --engine heap) || exit 1
        says stderr 'out of memory'
        clear stderr
    done
}

# Somebody, or the system, kills a worker.
case_killed() {
    local signal command child parent code
    for signal in KILL TERM SEGV XCPU; do
        for command in 'run long.json --tables none' 'compare long.json --strategies serial,zuul --replications 2'; do
            # shellcheck disable=SC2086
            "$program" $command --out out --no-progress --jobs 1 >stdout 2>stderr </dev/null &
            parent=$!
            child=
            for _ in $(seq 400); do
                child=$(pgrep -P $parent) && break
                sleep 0.05
            done
            [[ -n $child ]] || fail "no worker was seen"
            sleep 0.3
            kill -$signal "$child"
            wait $parent
            code=$?
            ((code == 4)) || fail "exit code $code instead of 4: SIG$signal, $command"
            says stderr 'worker process'
            clear stderr
        done
    done
}

# A file may not grow.
case_file_size() {
    local command code
    for command in 'run long.json --until 100d' 'compare long.json --strategies serial,zuul --replications 40 --until 2d'; do
        # shellcheck disable=SC2086
        code=$( (ulimit -f 2; timeout 120 "$program" $command --out out --no-progress 2>&1 >/dev/null; echo $?) | tee both | tail -1)
        head -n -1 both >stderr
        : >stdout
        ((code == 4)) || fail "exit code $code instead of 4: $command"
        says stderr 'File too large'
        says_not stderr contract
    done
}

"case_$3"
