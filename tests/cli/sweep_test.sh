#!/usr/bin/env bash
# sweep_test.sh TREE PROGRAM CASE: sweep, and what was never seen; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/long_study.sh"

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
    run 0 sweep small.json --over /strategy/window=20,30 --replications 4
    says stdout "4 replications cannot tell the cells apart"
    says_not stdout ★
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

# A range stands for its values, between others or alone; a wrong one says what to write.
case_sweep_ranges() {
    a_scenario
    local list=(sweep small.json --over /pools/default/nodes=4,10,20,30 --replications 2 --engine heap)
    run 0 "${list[@]}" --out list
    run 0 sweep small.json --over /pools/default/nodes=4,10..30:10 --replications 2 --engine heap --out range
    for file in sweep.csv replications.csv journal.jsonl; do cmp list/$file range/$file || fail "$file differs"; done
    says range/sweep.txt "Again    gatesim sweep small.json --seed 1 --over /pools/default/nodes=4,10..30:10 --replications 2"
    run 0 sweep small.json --over /jobs/full/duration=30m..50m:10m --replications 2 --engine heap
    says stdout "duration=40m"
    run 2 sweep small.json --over /pools/default/nodes=30..10
    says stderr "--over /pools/default/nodes: 30..10 goes down; write 10..30"
    run 2 sweep small.json --over /pools/default/nodes=10..30:7
    says stderr "10..30:7 does not reach its end: the last values are 24 and 31; write 10..24:7"
    run 2 sweep small.json --over /pools/default/nodes=10,10..12
    says stderr 'has "10" twice'
    run 2 sweep small.json --over /pools/default/nodes=1..5000
    says stderr "stands for 5000 values; at most 1000"
    run 2 sweep small.json --over /pools/default/nodes=10..
    says stderr "a range is FROM..TO or FROM..TO:STEP"
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
    says stdout "10 replications cannot tell the cells apart"
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

"case_$3"
