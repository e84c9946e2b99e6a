#!/usr/bin/env bash
# compare_test.sh TREE PROGRAM CASE: compare and sweep as a person types them; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios

# Two days, 60 changes a day: serial, at 40 minutes a change, cannot keep up.
a_scenario() {
    cat >small.json <<'END'
{"title": "Small", "period": {"length": "2d"},
 "load": {"arrivals": {"rate": "60/day"}, "after_ejection": {"retry": "100%", "after": "1h", "max": 3}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "12m", "sigma": 0.3}}, "full": {"duration": "40m", "flake": "3%"}},
 "pools": {"default": {"nodes": 30, "boot": "2m"}}, "failures": {"defect": "5%"}}
END
}

# a_long_study [REPLICATIONS]: the same with a hundred days, so that a study lasts long enough to be killed.
a_long_study() {
    a_scenario
    sed -i 's/"2d"/"100d"/' small.json
    study=(compare small.json --strategies zuul,zuul-default --variant "narrow:/strategy/window=2" --replications "${1:-6}"
        --engine heap --no-progress)
}

without_machine() { sed '/^  "engine"/d; /^  "timing"/,/^  }/d' "$1"; }

# same A B: two folders of a study hold the same bytes.
same() {
    local file name
    [[ $(ls "$1") == "$(ls "$2")" ]] || fail "other files"
    for file in "$1"/*; do
        name=${file##*/}
        case $name in
            compare.json | sweep.json) diff <(without_machine "$file") <(without_machine "$2/$name") >stdout || fail "$name differs" ;;
            *) cmp -s "$file" "$2/$name" || fail "$name differs" ;;
        esac
    done
}

finished() { tail -n +2 "$1/journal.jsonl" 2>/dev/null | wc -l; }

# Waits until the study in folder $1 has finished $2 replications.
until_finished() {
    for _ in {1..600}; do
        (($(finished "$1") >= $2)) && return
        sleep 0.05
    done
    fail "it does not get on"
}

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

# Killed without mercy, the study goes on where it was and ends as if nothing had happened.
killed_and_resumed() {
    run 0 "${study[@]}" --out whole
    "$program" "${study[@]}" --out killed --jobs 2 >stdout 2>stderr &
    local process=$!
    until_finished killed 4
    kill -KILL $process
    wait $process 2>/dev/null
    local before
    before=$(finished killed)
    ((before >= 4 && before < 18)) || fail "$before replications were finished"
    [[ ! -e killed/${study[0]}.json ]] || fail "it is there before it is whole"
    printf '{"arm_sha256":"half a line' >>killed/journal.jsonl
    run 0 "${study[@]}" --out killed --jobs 2 --resume
    says stderr "$before finished replications are there already"
    says stderr "1 line is damaged; what it stood for is done again"
    same whole killed
    # Nothing is left to do: the same once more, without a replication.
    run 0 "${study[@]}" --out killed --resume
    says stdout "0 events in"
    same whole killed
}

case_kill_and_resume() {
    a_long_study
    killed_and_resumed
}

case_sweep_killed() {
    a_long_study
    study=(sweep small.json --over /strategy/window=2,5,20 --replications 6 --engine heap --no-progress)
    killed_and_resumed
    # Another axis: the cells that are in both grids are not run again.
    run 0 "${study[@]}" --over /pools/default/nodes=20,30 --out killed --resume
    says stderr "18 finished replications are there already"
    run 0 "${study[@]}" --over /pools/default/nodes=20,30 --out wider
    same wider killed
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

case_sweep() {
    a_scenario
    run 0 sweep small.json --over /strategy=serial,zuul --over /pools/default/nodes=4,30 --replications 6
    says stdout "★ best"
    says stdout "not as good"
    says stdout "strategy=zuul"
    says stdout "Answer (p95 landing time): strategy=zuul nodes=30 ("
    fits
    [[ $(head -1 out/sweep-small-1/sweep.csv) == /strategy,/pools/default/nodes,metric,unit,n,mean,low,high,from_best,* ]] || fail "header"
    [[ $(wc -l <out/sweep-small-1/sweep.csv) == 5 ]] || fail "rows"
    [[ $(grep -c ',best,no,yes$' out/sweep-small-1/sweep.csv) == 1 ]] || fail "the pick"
    [[ $(member out/sweep-small-1/sweep.json best) == "strategy=zuul nodes=30" ]] || fail "another best"
    run 0 sweep small.json --over /strategy/window=20,30 --replications 4 --json
    # Four replications without a difference prove nothing of others.
    [[ $(member stdout "cells;1;standing") == undecided ]] || fail "thirty cannot be told from twenty by four"
}

# A day with one change at a time: more than a few nodes change nothing, and one is too few.
an_idle_scenario() {
    cat >idle.json <<'END'
{"title": "Idle", "period": {"length": "2d"}, "load": {"arrivals": {"rate": "20/day"}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "12m", "sigma": 0.3}}, "full": {"duration": "40m"}},
 "pools": {"default": {"nodes": 30}}, "failures": {"defect": "5%"}}
END
}

# The rule of compare: below --matters a cell is as good, and the fewest nodes of those are named.
case_sweep_as_good() {
    an_idle_scenario
    run 0 sweep idle.json --over /pools/default/nodes=1,20,40,80 --json
    [[ $(member stdout "cells;0;standing") == behind ]] || fail "one node is not enough"
    [[ $(member stdout "cells;3;standing") != behind ]] || fail "eighty are as good as twenty"
    [[ $(member stdout pick) == nodes=20 && $(member stdout pick_by) == nodes ]] || fail "twenty is the fewest"
    [[ $(member stdout matters) == 0.05* && $(member stdout decided) == ON ]] || fail "the terms"
    run 0 sweep idle.json --over /pools/default/nodes=1,20,40,80
    says stdout "✗ not as good"
    says stdout "= as good"
    says stdout "Answer (p95 landing time): nodes=20 to 80 are as good as each other, within 5 %;"
    says stdout "20 is the fewest."
    # What matters is the user's to say.
    run 0 sweep idle.json --over /pools/default/nodes=6,80 --replications 10 --matters 100% --json
    [[ $(member stdout "cells;0;standing") != behind ]] || fail "less than twice as long does not matter here"
    run 0 sweep idle.json --over /pools/default/nodes=1,80 --replications 10 --matters 0% --json
    [[ $(member stdout "cells;0;standing") == behind ]] || fail "everything matters here"
    # Two axes, of which one costs nothing.
    run 0 sweep idle.json --over /strategy/window=20,40 --over /pools/default/nodes=40,20 --json
    [[ $(member stdout pick) == "window=20 nodes=20" ]] || fail "the fewest nodes, then the smallest window"
}

# With prices the cheapest is named, though it has more nodes.
case_sweep_price() {
    an_idle_scenario
    sed -i 's/"pools": .*"failures"/"pools": {"fast": {"nodes": 30, "price": "4 USD\/h"}, "slow": {"nodes": 30, "price": "1 USD\/h"}}, "failures"/;
        s/"unit": {/"unit": {"runs_on": "slow", /; s/"full": {/"full": {"runs_on": "fast", /' idle.json
    run 0 sweep idle.json --over /pools/fast/nodes=20,40 --over /pools/slow/nodes=20,40 --json
    [[ $(member stdout pick) == "/pools/fast/nodes=20 /pools/slow/nodes=20" && $(member stdout pick_by) == price ]] ||
        fail "twenty of both are the cheapest to keep: $(member stdout pick)"
    # Without prices it is the number of nodes, whichever pool they are in.
    sed -i 's/, "price": "[^"]*"//g' idle.json
    run 0 sweep idle.json --over /pools/fast/nodes=20,40 --over /pools/slow/nodes=20,30 --json
    [[ $(member stdout pick_by) == nodes ]] || fail "not by nodes"
}

# It stops when nothing is left to decide: far apart, ten replications are enough, however imprecise the distance is.
case_sweep_stops() {
    a_scenario
    run 0 sweep small.json --over /strategy=serial,zuul --json
    [[ $(member stdout replications) == 10 && $(member stdout decided) == ON ]] || fail "ten decide"
    run 0 sweep small.json --over /strategy=serial,zuul --precision 1% --at-most 20 --json
    [[ $(member stdout replications) == 20 && $(member stdout precise) == OFF ]] || fail "a stated precision still counts"
    run 0 sweep small.json --over /pools/default/nodes=4,30 --at-most 10
    says stdout "Not every cell is decided; --at-most allows more replications."
    says stdout "10 replications cannot tell."
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

# One replication in fifty has a flake, and what it costs depends on the arm: ten replications seldom see one. That they agree
# proves nothing.
case_never_seen() {
    cat >rare.json <<'END'
{"period":{"kind":"terminating","length":"60d"},"load":{"arrivals":{"rate":"2/h","limit":20},"after_ejection":{"retry":"100%","after":"1h"}},
 "jobs":{"unit":{"duration":"30m","flake":"0.1%"}},"pools":{"default":{"nodes":20}},"strategy":"zuul"}
END
    local seed verdict seen=0 alike=0
    for seed in 1 2 3 4 5 6; do
        run 0 compare rare.json --variant slow:/load/after_ejection/after=10d --metric landing_time_s.mean --engine heap --seed $seed \
            --at-most 40 --json
        verdict=$(member stdout "differences;slow;landing_time_s.mean;verdict")
        [[ $verdict == undecided ]] || fail "seed $seed: $verdict"
        [[ $(member stdout replications) == 40 ]] || fail "seed $seed: it ended before it knew"
        [[ $(member stdout "differences;slow;landing_time_s.mean;mean") == 0.0 ]] || { seen=$seed && continue; }
        alike=$seed
        [[ $(member stdout "differences;slow;landing_time_s.mean;low") == "" ]] || fail "seed $seed: an interval out of nothing"
        # 1 - (0.05/3)^(1/40): three looks.
        [[ $(member stdout "differences;slow;landing_time_s.mean;may_differ") == 0.097* ]] || fail "seed $seed: no bound"
    done
    ((seen > 0 && alike > 0)) || fail "six seeds are not enough: $seen, $alike"
    run 0 compare rare.json --variant slow:/load/after_ejection/after=10d --metric landing_time_s.mean --engine heap --seed $alike --at-most 40
    says stdout "whether slow differs from zuul is"
    says stdout "0 min in all 40"
    tr -s ' \n' ' ' <stdout >line
    says line "up to 9.7 % of all"
    fits
    run 0 run rare.json --replications 10 --seed $alike --tables none
    says stdout "20 changes in all 10"
    run 0 sweep rare.json --over /load/after_ejection/after=1h,10d --metric landing_time_s.mean --engine heap --seed $alike --at-most 20 --json
    [[ $(member stdout replications) == 20 && $(member stdout "tied;0") == after=10d ]] || fail "the sweep believes it"
}

# Without luck there is nothing to see, and ten replications are one.
case_no_luck() {
    cat >fixed.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "1m", "breaks": ["unit"]}, "c": {"enqueue_at": "2m"}}},
 "jobs": {"unit": {"duration": "10m"}}, "pools": {"default": {"nodes": 4, "boot": "1m"}}}
END
    run 0 compare fixed.json --strategies zuul,serial --metric landing_time_s.mean --json
    [[ $(member stdout replications) == 10 && $(member stdout precise) == ON ]] || fail "there is nothing to wait for"
    [[ $(member stdout "differences;serial;landing_time_s.mean;verdict") == worse ]] || fail "serial is worse"
    run 0 run fixed.json --replications 5 --tables none
    says stdout "3 changes ± 0"
    # With a chance of one in a million nobody sees anything either, and nobody knows.
    run 0 compare fixed.json --strategies zuul,serial --metric landing_time_s.mean --set /jobs/unit/flake=0.0001% --at-most 20 --json
    [[ $(member stdout "differences;serial;landing_time_s.mean;verdict") == undecided ]] || fail "it cannot know"
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
