#!/usr/bin/env bash
# compare_test.sh TREE PROGRAM CASE: compare as a person types it; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/long_study.sh"

case_compare() {
    a_scenario
    run 0 compare small.json --strategies zuul,serial --replications 6
    says stdout "2 arms on the same luck, seed 1, 6 replications of each"
    says stdout "✗ worse"
    says stdout "No steady state under serial"
    says stdout "Answer (p95 landing time, against zuul): serial is worse: "
    grep -q $'\e' stdout && fail "colours in a file"
    fits
    [[ $(ls out/compare-small-1 | tr '\n' ' ') == "compare.csv compare.json compare.txt journal.jsonl replications.csv " ]] || fail "files"
    # The line that repeats it does.
    sed -n 's/^Again    gatesim //p' stdout >again
    cp out/compare-small-1/compare.json first.json
    eval "run 0 $(cat again) --json"
    diff <(without_machine first.json) <(without_machine stdout) >/dev/null || fail "it does not come out again"
    run 0 compare small.json --strategies zuul,serial --replications 6 --quiet
    [[ ! -s stdout && ! -s stderr ]] || fail "it is not quiet"
}

# A comparison is made of the very replications that `run` gives.
case_pairs_are_runs() {
    a_scenario
    run 0 compare small.json --strategies zuul,serial --replications 3 --json
    cp stdout compare.json
    for strategy in zuul serial; do
        run 0 run small.json --strategy $strategy --replications 3 --json
        for metric in landing_time_s.p95 builds; do
            [[ $(member compare.json "strategies;$strategy;metrics;$metric") == "$(member stdout "metrics;$metric")" ]] ||
                fail "$metric of $strategy is not what run gives"
        done
    done
}

case_json() {
    a_scenario
    run 0 compare small.json --strategies zuul,serial --replications 4 --metric node_hours --metric node_utilisation --json
    cmp -s stdout out/compare-small-1/compare.json || fail "it is not compare.json"
    local keys
    keys=$(sed -n 's/^  "\([a-z0-9_]*\)":.*/\1/p' stdout | tr '\n' ' ')
    [[ $keys == "format version scenario seed replications engine level level_of_one_difference precision precise look looks matters warmup partial baseline named_metrics strategies differences timing " ]] ||
        fail "the keys are $keys"
    [[ $(member stdout baseline) == zuul ]] || fail "the baseline is not the first"
    [[ $(member stdout "differences;serial;node_utilisation;verdict") == lower ]] || fail "neither way is better"
    run 0 compare small.json --strategies zuul,serial --replications 4 --baseline serial --json
    [[ $(member stdout "differences;zuul;landing_time_s.p95;verdict") == better ]] || fail "the other way round"
    head -1 out/compare-small-1/compare.csv | grep -q '^arm,strategy,metric,' || fail "no header"
    [[ $(tail -n +2 out/compare-small-1/replications.csv | cut -d, -f1,2 | uniq | wc -l) == 8 ]] || fail "rows are missing"
}

case_same_bytes() {
    a_scenario
    run 0 compare small.json --strategies zuul,serial --replications 5 --jobs 1 --engine heap --out one
    run 0 compare small.json --strategies zuul,serial --replications 5 --jobs 3 --engine simgrid --out three
    same one three
    run 0 sweep small.json --over /strategy/window=2,20 --replications 5 --jobs 1 --out s1
    run 0 sweep small.json --over /strategy/window=2,20 --replications 5 --jobs 3 --out s3
    same s1 s3
}

# The same arm twice differs by nothing; precision stops at the first look.
case_precision() {
    a_scenario
    run 0 compare small.json --strategies zuul,zuul-default --json --metric builds
    [[ $(member stdout replications) == 10 && $(member stdout precise) == ON ]] || fail "ten replications would do"
    [[ $(member stdout "differences;zuul-default;builds;verdict") == negligible ]] || fail "it is the same rule"
    run 0 compare small.json --strategies zuul --variant "flaky:/jobs/full/flake=10%" --metric landing_time_s.p99 --precision 1% --at-most 30 --json
    [[ $(member stdout replications) == 30 && $(member stdout precise) == OFF ]] || fail "thirty are the most"
    run 2 compare small.json --strategies zuul,serial --precision 1% --replications 9
    says stderr "leave out --precision"
}

case_variants() {
    a_scenario
    sed 's/"3%"/"30%"/' small.json >other.json
    run 0 compare small.json --variant "flaky:/jobs/full/flake=30%;/strategy/window=3" --variant other=other.json --replications 3
    says stdout "zuul"
    says stdout "flaky"
    says stdout "other"
    # A sole strategy is held against the scenario's own.
    run 0 compare small.json --strategies serial --replications 3
    says stdout "Differences are from zuul"
}

case_bad_input() {
    a_scenario
    run 2 compare small.json --strategies zuul,serail
    says stderr '--strategies: there is no strategy "serail"; did you mean serial?'
    run 2 compare small.json --strategies zuul,bors
    says stderr "did you mean bors-ng or rust-bors?"
    run 2 compare small.json --strategies zuul,serial --metric throughput
    says stderr "did you mean landed_per_day?"
    run 2 compare small.json --strategies zuul,serial --metric landing_tme_s.p95
    says stderr "did you mean landing_time_s.p95?"
    run 2 compare small.json --strategies zuul,serial --metric landing_time_s
    says stderr "landing_time_s.p95"
    run 2 compare small.json --strategies zuul,zuul
    says stderr 'two arms are called "zuul"'
    run 2 compare small.json --strategies zuul --variant zuul:/strategy/window=3
    says stderr 'two arms are called "zuul"'
    run 2 compare small.json
    says stderr "nothing to compare"
    run 2 compare small.json --strategies zuul,serial --baseline seria
    says stderr "did you mean serial?"
    run 2 compare small.json --variant "x:/jobs/full/duraton=3m"
    says stderr "--variant /jobs/full/duraton"
    says stderr 'in the arm "x"'
    run 2 compare small.json --variant "x:window=3"
    says stderr "/pointer=value"
    run 2 compare small.json --variant "=small.json"
    run 2 compare small.json --variant x
    run 4 compare small.json --variant x=nowhere.json
    run 2 compare small.json --strategies zuul,serial --matters 5
    says stderr "--matters takes a share"
    run 2 compare small.json --strategies zuul,serial --replications 1
    run 2 compare small.json --strategies zuul,serial --warmup soon
    run 2 sweep small.json
    says stderr "--over is missing"
    run 2 sweep small.json --over /strategy/window=5
    says stderr "second value"
    run 2 sweep small.json --over /strategy/window=5,5
    says stderr "twice"
    run 2 sweep small.json --over window=5,6
    run 2 sweep small.json --over /strategy=zuul,serail
    says stderr "did you mean serial?"
    run 2 sweep small.json --over /strategy/widnow=5,6
    says stderr '--over /strategy/widnow: zuul has no parameter "widnow"; did you mean "window"?'
    run 2 sweep small.json --over /strategy/window=5,6 --set /strategy/widnow_floor=5
    says stderr "--set /strategy/widnow_floor"
    run 2 sweep small.json --over /strategy/window=5,6 --metric node_utilisation
    says stderr "neither more nor less is better"
    run 2 sweep small.json --over /strategy/window=1,2 --over /strategy/window_floor=1,2 --over /jobs/full/flake=1%,2%
    says stderr "twice at most"
    [[ ! -e out ]] || fail "something was written"
}

case_kill_and_resume() {
    a_long_study
    killed_and_resumed
}

case_interrupt() {
    a_long_study
    "$program" "${study[@]}" --out cut --jobs 2 >stdout 2>stderr &
    local process=$!
    until_finished cut 6
    kill -INT $process
    wait $process
    local code=$?
    ((code == 130)) || fail "exit code $code"
    says stdout "Interrupted: partial results"
    [[ $(member cut/compare.json partial) == ON ]] || fail "it is not marked partial"
    run 0 "${study[@]}" --out whole
    run 0 "${study[@]}" --out cut --resume
    same whole cut
}

case_two_at_once() {
    a_long_study 2000  # it must outlast the other's patience
    "$program" "${study[@]}" --out shared >first 2>&1 &
    local process=$!
    until_finished shared 1
    run 4 "${study[@]}" --out shared
    says stderr "another study"
    kill -INT $process
    wait $process
    return 0
}

# Every strategy and every metric: columns keep their places, and nothing is wider than the terminal.
case_columns() {
    cat >tiny.json <<'END'
{"title": "Tiny", "period": {"length": "1d"}, "load": {"arrivals": {"rate": "60/day", "limit": 12}},
 "jobs": {"unit": {"duration": "12m", "flake": "20%"}, "full": {"duration": "40m"}}, "failures": {"defect": "20%"},
 "pools": {"default": {"nodes": 30, "price": "1 USD/h"}}}
END
    run 0 list strategies
    local strategies metrics
    strategies=$(sed -n 's/^  \([a-z][a-z0-9-]*\)  .*/\1/p' stdout | grep -v '^exec$' | paste -sd,)
    (($(tr ',' '\n' <<<"$strategies" | wc -l) >= 40)) || fail "where are the strategies?"
    run 0 schema metrics
    metrics=$(python3 -c 'import json; print(" ".join("--metric " + name for name in json.load(open("stdout"))["metrics"]))') ||
        fail "where are the metrics?"
    study=(compare tiny.json --strategies "$strategies" --variant "a-rather-long-name-of-a-variant:/pools/default/nodes=3"
        --replications 2 --engine heap)
    # shellcheck disable=SC2086  # many words
    run 0 "${study[@]}" $metrics
    fits
    python3 "$here/columns.py" 80 <stdout >places || { cat places >>stderr; fail "columns slip"; }
    for columns in 80 120; do
        # shellcheck disable=SC2086
        python3 "$here/at_a_terminal.py" ${columns}x40 "$program" "${study[@]}" $metrics --no-progress >shown
        [[ $? == 77 ]] && exit 77
        python3 "$here/columns.py" $columns <shown >places || { cat places >>stderr; fail "columns slip at $columns"; }
    done
}

# One unit for a metric in a table, the answer included.
case_one_unit() {
    a_scenario
    run 0 compare small.json --strategies zuul,serial,github --replications 6
    # One unit, said once at the head of the block, and none in its rows.
    [[ $(grep -cE "^landing_time_s.p95 \[(s|min|h|d)\]" stdout) == 1 ]] || fail "no unit at the head"
    sed -n "/^landing_time_s.p95/,/^$/p" stdout | tail -n +2 | grep -qE "[0-9] (s|min|h|d)( |$)" && fail "a unit in a row"
    says_not stdout "1.0 times as many"
}

# What is true of every cell is said once, and has a subject.
case_said_once() {
    a_scenario
    run 0 sweep small.json --over /pools/default/nodes=20,30,40 --set /strategy=chromium-cq --replications 2
    [[ $(grep -c "does not test again" stdout) == 1 ]] || fail "not once"
    says stdout "! chromium-cq does not test again what was tested before something else landed."
    run 0 sweep small.json --over /pools/default/nodes=20,30,40 --until 1d --replications 2
    [[ $(grep -c "still in flight" stdout) == 1 ]] || fail "in flight, not once"
    says stdout "under nodes=20"
}

# A steady scenario loses its warm-up, the same for every arm, and for run.
case_warmup() {
    a_scenario
    sed -i 's/{"length": "2d"}/{"kind": "steady", "length": "20d"}/; s/60\/day/30\/day/' small.json
    run 0 run small.json --replications 3 --json --warmup 5d
    [[ $(member stdout warmup_s) == 432000.0 ]] || fail "not five days"
    cp stdout given.json
    run 0 explain c3 --replication 2
    run 0 run small.json --replications 3 --json --warmup 0s
    [[ $(member stdout "metrics;arrived;mean") != "$(member given.json "metrics;arrived;mean")" ]] || fail "nothing is left out"
    run 0 compare small.json --strategies zuul,serial --replications 4 --json
    [[ $(member stdout "warmup;given") == OFF && $(member stdout "warmup;length_s") != "" ]] || fail "no warm-up"
    run 0 compare small.json --strategies zuul,serial --replications 4 --warmup 5d
    says stdout "The first 5d are left out as warm-up"
    run 0 compare small.json --strategies zuul,serial --replications 4 --jobs 1 --out a
    run 0 compare small.json --strategies zuul,serial --replications 4 --jobs 3 --out b
    same a b
}

# What can never be served is said by run, compare and sweep in the same words, whatever the pool does about it.
case_never_served() {
    local when line
    for when in wait fail; do
        cat >never.json <<END
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "1m"}}},
 "jobs": {"unit": {"duration": "5m"}, "gpu": {"duration": "5m", "nodes": 8}},
 "pools": {"default": {"nodes": 4, "when_short": "$when"}}}
END
        run 0 run never.json --until 1d
        tr -s ' \n' '  ' <stdout >told
        line=$(grep -oE 'No pool is ever large enough for gpu: every request for nodes [a-z ]+, and the change with it' told)
        [[ -n $line ]] || fail "run says nothing of it ($when)"
        run 0 compare never.json --strategies zuul,serial --until 1d --replications 3
        tr -s ' \n' '  ' <stdout >told
        grep -qF "! All arms: $line" told || fail "compare says nothing of it, or something else ($when)"
        run 0 sweep never.json --over /jobs/unit/duration=5m,6m --until 1d --replications 3
        tr -s ' \n' '  ' <stdout >told
        grep -qF "! All cells: $line" told || fail "sweep says nothing of it, or something else ($when)"
    done
}

"case_$3"
