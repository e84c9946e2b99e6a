#!/usr/bin/env bash
# explain_test.sh TREE PROGRAM CASE: explain, and the rows of load files; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/small_study.sh"

case_explain() {
    run 0 explain api-105 scenarios/quickstart
    says stdout "though innocent"
    says stdout "In the end it landed."
    says_not stdout "web-106 enters"
    run 2 explain api-106 scenarios/quickstart
    says stderr "did you mean"
    run 2 explain api-105
    says stderr "run something first"
}

# A verdict in check takes nobody out of the way of those that need the change.
case_explain_check() {
    cat >two.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": {"check": "0s", "gate": "1h"}},
                      "b": {"enqueue_at": {"check": "1m", "gate": "61m"}, "depends_on": ["a"]}}},
 "pipelines": {"check": {"manager": "independent"}, "gate": {"manager": "dependent"}},
 "jobs": {"unit": {"duration": "9m"}}}
END
    run 0 run two.json --out out
    run 0 explain b --run out
    says stdout "a, ahead of it, lands"
    says_not stdout "a, ahead of it, is ejected"
}

# What a build waits for when its pool has no nodes: at once, when they go, and at the end.
case_explain_nodes() {
    cat >outage.json <<'END'
{"title": "No runner from 0:30 on", "load": {"changes": {"early": {"enqueue_at": "0s"}, "late": {"enqueue_at": "40m"}}},
 "jobs": {"ci": {"duration": "25m"}, "lint": {"duration": "1m"}}, "pools": {"runners": {"nodes": 10}},
 "timeline": [{"at": "30m", "set": {"/pools/runners/nodes": 0}}], "strategy": "zuul"}
END
    run 0 run outage.json --out out
    says stdout "Pool runners has no nodes now."
    says stdout "ci and lint of late wait: pool runners has no nodes."
    says stdout "In the end 1 landed, 1 is still"
    run 0 explain late --run out
    says stdout "ci and lint of late wait: pool runners has no nodes."
    says stdout "still in flight: ci and lint still wait for nodes: pool"
    run 0 run outage.json --set '/pools/runners/nodes=1' --set '/timeline=[]' --set /jobs/ci/nodes=4 --out out2
    says stdout "ci of late waits: it needs 4 nodes, and pool runners has only 1 node."
    run 0 run outage.json --set /pools/runners/when_short=fail --out out3
    says stdout "did not land. By cause: 1 infrastructure (50 % of changes). In the end 1"
    says_not stdout "wait: pool"
}

# Rows of a load file that are not used are counted and told: outside the period, or enqueued when there was nothing to do.
case_load_rows() {
    cat >load.csv <<'END'
project,change,enqueued
p,early,2025-10-20T10:00:00Z
p,b,2025-10-28T12:01:00Z
p,b,2025-10-28T12:02:00Z
p,b,2025-10-28T14:00:00Z
p,late,2025-11-28T12:01:00Z
END
    cat >scenario.json <<'END'
{"title": "rows", "period": {"start": "2025-10-28T12:00Z", "length": "6h"}, "load": {"replay": {"file": "load.csv"}},
 "projects": {"p": {}}, "jobs": {"u": {"duration": "40m"}}}
END
    run 0 run scenario.json --out out
    says stderr "load.csv: 5 rows read, 1 used; left out:"
    says stderr "1  before the period begins (/period/start)"
    says stderr "1  after the period has ended (/period/length)"
    says stderr "1  an enqueue of a change that was in the gate"
    says stderr "1  an enqueue of a change that had landed"
    [[ $(grep -c 'rows read' stderr) == 1 ]] || fail "said more than once"
    run 0 run scenario.json --out out --json
    tr -d ' \n' <stdout >flat
    says flat '"files":[{"file":"load.csv","rows":5.0,"used":1.0,"left_out":{"before_start":1.0,"after_end":1.0,"in_gate":1.0,"landed":1.0}}]'
    says flat '"arrived":{"unit":"changes","mean":1.0'
    # No answer without it: compare, sweep, a quiet run.
    for call in "run scenario.json --quiet" "compare scenario.json --strategies zuul,serial" \
        "sweep scenario.json --over /strategy/window=1,2"; do
        # shellcheck disable=SC2086
        run 0 $call --out "out-${call%% *}"
        [[ $(grep -c 'load.csv: 5 rows read, 1 used; left out:' stderr) == 1 ]] || fail "$call does not say it once"
    done
    # What is used whole needs one line, and a program none.
    sed -i '/early/d; /late/d; 3,4d' load.csv
    run 0 run scenario.json --out out
    says stderr "load.csv: 1 row read, all used"
    run 0 run scenario.json --out out --quiet
    says_nothing stderr
}

# The order of the file decides nothing: newest first gives the bytes of oldest first, also within an instant.
case_newest_first() {
    rows() { for i in {10..60}; do echo "p,c$i,2025-10-28T10:$i:00Z"; echo "p,d$i,2025-10-28T10:$i:00Z"; done | sed '/:60:/d'; }
    head='project,change,enqueued'
    for period in '' '"period": {"start": "2025-10-28T09:00Z"}, '; do
        rm -rf old new && mkdir old new
        { echo $head; rows; } >old/load.csv
        { echo $head; rows | tac; } >new/load.csv
        for folder in old new; do
            printf '{"title": "t", %s"load": {"replay": {"file": "load.csv"}}, "projects": {"p": {}}, "jobs": {"u": {"duration": "40m"}}}' \
                "$period" >$folder/scenario.json
            run 0 run $folder/scenario.json --out $folder/out
            says stderr "load.csv: 100 rows read, all used"
        done
        mapfile -t tables < <(cd old/out && find . -name '*.csv')
        ((${#tables[@]} > 2)) || fail "there are no tables"
        for table in "${tables[@]}"; do cmp "old/out/$table" "new/out/$table" || fail "$table differs"; done
    done
}

# A real landing of a change that the load has not is told, and no landing to compare with.
case_observed_rows() {
    cat >load.csv <<'END'
project,change,enqueued,landed
p,a,2025-10-28T10:00:00Z,2025-10-28T10:50:00Z
p,b,2025-10-28T10:05:00Z,
END
    cat >observed.csv <<'END'
project,change,landed,time_kind,landed_lo,landed_hi
p,a,2025-10-28T10:50:00Z,interval,2025-10-28T10:30:00Z,2025-10-28T11:40:00Z
p,zzz,2025-10-28T13:05:00Z,exact,,
END
    cat >scenario.json <<'END'
{"title": "obs", "load": {"replay": {"file": "load.csv"}}, "projects": {"p": {}}, "jobs": {"u": {"duration": "40m"}},
 "observed": {"file": "observed.csv"}}
END
    run 0 run scenario.json --out out
    says stdout "1 real landings, 0 with an exact time"
    says stderr "observed.csv: 2 rows read, 1 used; left out:"
    says stderr "the first is p/zzz/master in line 3"
    run 0 run scenario.json --out out --json
    tr -d ' \n' <stdout >flat
    says flat '{"file":"observed.csv","rows":2.0,"used":1.0,"left_out":{"unknown":1.0}}'
    sed -i 's/T10:30:00Z,2025-10-28T11:40/T11:40:00Z,2025-10-28T10:30/' observed.csv
    run 2 run scenario.json --out out
    says stderr 'observed.csv:2:35: landed_lo: "2025-10-28T11:40:00Z" is after landed_hi'
}

case_explain_run() {
    a_scenario
    run 0 run small.json --seed 5
    run 0 explain c3 --replication 4
    says stdout "replication 4, seed 5"
    run 0 explain c3 --run out/small-zuul-5
    run 2 explain c3 --replication 5
    says stderr "has no replication 5"
    run 2 explain c3 --seed 3
    run 4 explain c3 --run scenarios
    # A summary that does not come out again is noticed.
    sed -i '/"landed": {/,/}/s/[0-9]\+\.0/1.0/g' out/small-zuul-5/summary.json
    run 4 explain c3
    says stderr "gives other numbers"
}

case_explain_json() {
    run 0 run scenarios/quickstart --out made
    run 0 explain api-105 --run made --json
    [[ $(member stdout change) == api-105 && $(member stdout seed) == 1 && $(member stdout replication) == 1 ]] ||
        fail "whose story is that?"
    says stdout '"text": "api-105 enters the gate, behind 4 other changes."'
    says stdout '"at_s": 300.0'
    says stdout '"verdict": "'
    cp stdout heap.json
    run 0 explain api-105 --run made --json --engine simgrid
    cmp -s stdout heap.json || fail "the engines tell different stories"
}

"case_$3"
