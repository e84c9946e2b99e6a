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
        (ulimit -v 400000 && ends 4 "$program" $command --out out --no-progress --engine heap --force) || exit 1
        says stderr 'out of memory'
        sed -i "/^! about/d" stderr
        clear stderr
    done
}

# Somebody, or the system, kills a worker.
case_killed() {
    # A sanitizer would tell of the signal, where the program itself is silent.
    export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0"
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

# The estimate before a run: how large, because of what, and where that stands.
typed='{"load": {"arrivals": {"rate": "8/s"}},
 "period": {"length": "14d"}, "jobs": {"unit": {"duration": "1s"}}}'
case_estimate() {
    local command line
    printf '%s' "$typed" >typed.json
    printf '{"extends": "typed", "period": {"length": "100d"}}' >longer.json
    printf '{"load": {"arrivals": {"rate": "8/h"}}, "period": {"length": "14d"}, "jobs": {"unit": {"duration": "1s"}}}' >meant.json
    # Much, and told: the run goes on, and is stopped here.
    timeout -s INT 2 "$program" run typed.json --jobs 1 --tables none --no-progress --out out >stdout 2>stderr </dev/null
    line=$(head -1 stderr)
    [[ $line == '! about 10 million changes a replication, '*' GiB of memory and '*': /load/arrivals/rate is "8/s" (typed.json:1:32)' ]] ||
        fail "not that line: $line"
    (($(grep -c '^!' stderr) == 1)) || fail "more than one line"
    # Too much: not run, with the same line, and nothing is left.
    for command in 'run longer.json' 'compare longer.json --strategies serial,zuul' \
        'sweep longer.json --over /jobs/unit/duration=1s,2s'; do
        # shellcheck disable=SC2086
        run 2 $command --out left --jobs 1
        says stderr '! about 69 million changes a replication, '
        says stderr ': /load/arrivals/rate is "8/s" (typed.json:1:32)'
        says stderr 'not run: that is more than 20 million changes; --force runs it all the same'
        says_nothing stdout
        [[ ! -e left ]] || fail "a folder was left"
    done
    run 2 run meant.json --set /load/arrivals/rate=50/s --out left --jobs 1
    says stderr '/load/arrivals/rate is "50/s" (--set)'
    run 2 run meant.json --set '/period={"length": "36500d"}' --set /load/arrivals/rate=30/h --jobs 1 --out left
    says stderr '/period/length is "36500d" (--set)'
    # A limit of the process counts.
    (ulimit -v 2000000 && ends 2 "$program" run typed.json --jobs 1 --out left) || exit 1
    says stderr 'a process may have no more than 2 GiB here'
    # Many replications of little are much time.
    timeout -s INT 1 "$program" run meant.json --replications 1000000 --no-progress --out out >stdout 2>stderr </dev/null
    says stderr ': 1000000 replications'
    run 2 explain 1 longer.json
    says stderr ': /load/arrivals/rate is "8/s" (typed.json:1:32)'
    says stderr 'gatesim explain: not run: that is more than 20 million changes; --force runs it all the same'
    # What is meant is not warned of, and --force is heard.
    run 0 run meant.json --out out
    says_nothing stderr
    timeout -s INT 2 "$program" run longer.json --jobs 1 --force --no-progress --tables none --out out >stdout 2>stderr </dev/null
    says stderr '! about 69 million'
    says_not stderr 'not run'
    timeout -s INT 5 "$program" calibrate "$1/scenarios/bootcamp-2013-people" --set /load/people/contributors=1000000 \
        --jobs 1 >stdout 2>stderr </dev/null
    says stderr '/load/people/contributors is 1000000 (--set)'
}

# No scenario that comes with gatesim draws that line; the commands are stopped as soon as they would have said it.
case_shipped() {
    local folder
    for folder in "$1"/scenarios/*/; do
        [[ -e $folder/scenario.json ]] || continue
        timeout -s INT 2 "$program" run "$folder" --no-progress --out out >stdout 2>stderr </dev/null
        says_not stderr '! about'
        timeout -s INT 2 "$program" compare "$folder" --strategies zuul,serial --no-progress --out out >stdout 2>stderr </dev/null
        says_not stderr '! about'
        timeout -s INT 2 "$program" calibrate "$folder" --no-progress >stdout 2>stderr </dev/null
        says_not stderr '! about'
    done
}

# Memory that grows with what is simulated, and no faster.
case_bounded() {
    # A window that grows without end, over changes that all come at once: each is tested on all before it.
    python3 - <<'END'
import json
changes = {"c%d" % i: {"enqueue_at": "0s"} for i in range(40000)}
json.dump({"load": {"changes": changes}, "jobs": {"unit": {"duration": "9m"}}}, open("crowd.json", "w"))
END
    (ulimit -v 900000 && ends 0 "$program" run crowd.json --jobs 1 --tables none --engine heap --out out --no-progress) || exit 1
    says stdout '40000'
    # Somebody's next change comes in a hundred years: nobody has to know the hours of then.
    (ulimit -v 900000 && ends 0 "$program" run "$1/scenarios/mature-2026" --until 6h --jobs 1 --tables none --engine heap --replications 1 \
        --set /load/people/changes/in_sitting=36500d --warmup 0s --out out --no-progress) || exit 1
}

"case_$3" "$1"
