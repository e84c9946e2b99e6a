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

# What was recorded of builds brings the model nearer, in test time too, and then it only explains.
case_recorded() {
    a_record 30 20m
    awk -F, 'NR == 1 { print "entry,job,started,ended,result"; next }
             { printf "%d,unit,%d,%d,success\n", $1, $6 - 1800, $6 }' week/entries.csv >week/runs.csv
    run 1 validate week --replications 1 --no-progress --json
    says stdout '"verdict": "does not beat the trivial model"'
    run 0 validate week --replications 1 --no-progress --json --recorded
    says stdout '"verdict": "explains"'
    says stdout '"queue_mae": 0.0'
    says stderr "24 builds as recorded, 0 drawn"
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
