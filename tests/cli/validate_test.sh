#!/usr/bin/env bash
# validate_test.sh PROGRAM CASE: validate as a person types it; one case, in a folder of its own.
set -uo pipefail

program=$1
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# a_record MINUTES: 24 changes, one every ten minutes for four at a time, then a pause; a serial gate with builds of that
# length, so that the queue grows and empties.
a_record() {
    mkdir -p week
    awk -v length_=$(($1 * 60)) 'BEGIN {
        print "entry,change,project,branch,enqueued,left,outcome"
        for (i = 0; i < 24; ++i) {
            came = 1761609600 + int(i / 4) * 10800 + (i % 4) * 600
            if (free < came) free = came
            free += length_
            printf "%d,c%d,p,main,%d,%d,landed\n", i + 1, i, came, free
        }
    }' >week/entries.csv
    cat >week/scenario.json <<END
{"title": "Week", "period": {"start": "2025-10-28T00:00Z"}, "load": {"replay": {"file": "entries.csv"}},
 "strategy": "serial", "jobs": {"unit": {"duration": "$2"}}, "projects": {"p": {}}}
END
}

case_predicts() {
    a_record 30 30m
    run 0 validate week --replications 2 --no-progress
    says stdout "The model predicts: in test time the queue is 0.00 off"
    says stdout "  2025-10-28T00:00:00Z .. 2025-10-28T08:30:00Z"
    says stdout "Again: gatesim validate week --seed 1 --replications 2"
    fits
    run 0 validate week --replications 2 --no-progress --json
    cp stdout first
    says stdout '"verdict": "predicts"'
    says stdout '"queue_mae": 0.0'
    says stdout '"departures_within_30min": 1.0'
    run 0 validate week --replications 2 --no-progress --json --jobs 2
    cmp -s stdout first || fail "other bytes with two processes"
}

case_picture() {
    a_record 30 30m
    run 0 validate week --replications 2 --no-progress --quiet --picture queue.svg
    says_nothing stdout
    says queue.svg "<style>"
    says queue.svg "The queue: seen, and said by week"
    says queue.svg "the model: median, and 90 % of its replications"
    echo mine >mine.svg
    run 4 validate week --replications 1 --no-progress --picture mine.svg
    [[ $(cat mine.svg) == mine ]] || fail "a file of the user's is gone"
}

case_no_better() {
    a_record 30 3h
    run 1 validate week --replications 2 --no-progress
    says stdout "The model does not beat the trivial model"
}

# Ranked by training time; the scenario itself is one of them.
case_finder() {
    a_record 30 30m
    run 0 validate week --replications 2 --no-progress --strategies zuul,github --variant "slow:/jobs/unit/duration=50m"
    grep -A2 "^Strategies" stdout | tail -1 | grep -q "as the scenario has it  *0.00  *0.00" || fail "the nearest is not first"
    says stdout "slow"
    run 2 validate week --strategies zool
    says stderr 'there is no strategy "zool"'
    run 2 validate week --variant "slow=other.json"
    says stderr "here it is LABEL:/pointer=value"
}

case_parts() {
    a_record 30 30m
    run 0 validate week --replications 1 --no-progress --train 0h..3h,6h..9h --json
    run 0 validate week --replications 1 --no-progress --test 2025-10-28T12:00Z..2025-10-29
    run 2 validate week --train 5h
    says stderr 'takes FROM..TO'
    run 2 validate week --train 0h..5h --test 4h..9h
    says stderr "have time in common"
    run 2 validate week --train 900h..901h
    says stderr "the record has nothing of that time"
}

# Ten minutes or twenty, three times a day: hardly ever anybody waits, and who says any length between is no nearer than who
# says one of the two.
case_quiet() {
    mkdir -p week
    awk 'BEGIN {
        print "entry,change,project,branch,enqueued,left,outcome"
        for (i = 0; i < 90; ++i) {
            came = 1761609600 + i * 28800
            printf "%d,c%d,p,main,%d,%d,landed\n", i + 1, i, came, came + (i % 2 ? 600 : 1200)
        }
    }' >week/entries.csv
    cat >week/scenario.json <<END
{"title": "Quiet", "period": {"start": "2025-10-28T00:00Z"}, "load": {"replay": {"file": "entries.csv"}},
 "strategy": "serial", "jobs": {"unit": {"duration": {"dist": "uniform", "low": "10m", "high": "20m"}}}, "projects": {"p": {}}}
END
    run 1 validate week --replications 10 --no-progress
    says stdout "Hardly ever anybody waits (0.062 in the queue on average)"
    says stdout "The model does not beat the trivial model"
    says stdout "± "
    run 1 validate week --replications 10 --no-progress --json
    says stdout '"verdict_by": "length_crps"'
}

# A history: nobody knows when changes came, so what lands decides.
case_landings() {
    mkdir -p week
    awk 'BEGIN {
        print "entry,change,project,branch,enqueued,left,left_lo,left_hi,outcome,uploaded"
        for (day = 0; day < 28; ++day)
            for (i = 0; i < 12; ++i) {
                up = 1761609600 + day * 86400 + 28800 + i * 1800
                left = up + 3600 + (i * 7 + day) % 5 * 7200
                if (++n % 10 == 0) printf "%d,c%d,p,main,,,%d,%d,landed,%d\n", n, n, up, left + 600, up
                else printf "%d,c%d,p,main,,%d,,,landed,%d\n", n, n, left, up
            }
    }' >week/entries.csv
    run 0 infer week --strategy zuul --train 2025-10-28..2025-11-11
    says week/scenario.json '"from": "landed"'
    says week/notes.md "nobody recorded when"
    run 0 run week --replications 1 -q
    ends 0 true
    "$program" validate week --train 2025-10-28..2025-11-11 --replications 3 --no-progress >stdout 2>stderr </dev/null
    (($? <= 1)) || fail "validate of landings"
    says stdout "When changes came into the queue is not recorded."
    says stdout "hours again"
    says stdout "burst_share"
    cp stdout first
    "$program" validate week --train 2025-10-28..2025-11-11 --replications 3 --no-progress >stdout 2>stderr </dev/null
    cmp -s stdout first || fail "other bytes at the second time"
    "$program" validate week --train 2025-10-28..2025-11-11 --replications 3 --no-progress --json >stdout 2>stderr </dev/null
    says stdout '"verdict_by": "landings"'
    run 2 validate week --picture queue.svg
    says stderr "--picture needs a record of when changes came into the queue"
    run 2 validate week --train 2025-10-20..2025-10-21
    sed -i 's/,landed,[0-9]*$/,landed,/' week/entries.csv
    run 2 validate week
    says stderr "one of the two must be known"
    run 2 infer week
    says stderr "one of the two must be known"
}

case_missing() {
    mkdir week
    run 4 validate week
    a_record 30 30m
    rm week/entries.csv
    run 4 validate week --replications 1
    says stderr "entries.csv"
}

# Durations that change with time, and a queue that waits at the start.
case_stretch() {
    a_record 30 30m
    sed -i 's/"period": {"start": "2025-10-28T00:00Z"}/"period": {"start": "2025-10-28T00:25Z"}/
            s/"duration": "30m"/"duration": "10m", "duration_scale": [{"from": "0s", "scale": 3}]/' week/scenario.json
    run 0 validate week --replications 1 --no-progress --json
    says stdout '"stays": 24'
    sed -i 's/"scale": 3}]/"scale": 3}, {"from": "0s", "scale": 1}]/' week/scenario.json
    run 2 validate week
    says stderr "it is not after the one before it"
}

case_"$2"
