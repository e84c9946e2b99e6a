#!/usr/bin/env bash
# infer_test.sh PROGRAM CASE: infer as a person types it; one case, in a folder of its own.
set -uo pipefail

program=$1
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# records [DAYS]: a change every half hour, each tested alone: lint for 3 minutes, then unit for 10 to 16. Every tenth is
# red in unit and green when that is repeated.
records() {
    mkdir -p week
    awk -v n=$((48 * ${1:-3})) 'BEGIN {
        entries = "week/entries.csv"; runs = "week/runs.csv"
        print "entry,change,project,enqueued,left,outcome" >entries
        print "entry,group,state,job,attempt,created,started,ended,result" >runs
        for (i = 1; i <= n; ++i) {
            t = 1772409600 + 1800 * (i - 1); unit = 600 + 60 * (i % 7); u = t + 180; end = u + unit
            printf "%d,%d,%d,lint,1,%d,%d,%d,success\n", i, i, i, t, t, u >runs
            printf "%d,%d,%d,unit,1,%d,%d,%d,%s\n", i, i, i, u, u, end, i % 10 ? "success" : "failure" >runs
            if (i % 10 == 0) {
                printf "%d,%d,%d,unit,2,%d,%d,%d,success\n", i, i, i, end, end, end + unit >runs
                end += unit
            }
            printf "%d,c%d,app,%d,%d,landed\n", i, i, t, end >entries
        }
    }'
}

case_week() {
    records
    run 0 infer week
    says stdout "unit  13 min"
    says stdout "gatesim run week"
    fits
    for file in scenario.json notes.md durations.csv; do [[ -s week/$file ]] || fail "no $file"; done
    says week/notes.md "| jobs/unit/flake | 9.72 % |"
    says week/notes.md "14 of 144 states red at first; 14 of 14 repeated runs passed"
    says week/notes.md "waits for lint"
    says week/notes.md "## Guessed"
    run 0 run week --replications 2 -q
    cp -r week again
    run 0 infer week --json
    says stdout '"name": "jobs/unit/flake"'
    for file in scenario.json notes.md durations.csv; do
        cmp -s week/$file again/$file || fail "other bytes the second time: $file"
    done
}

case_entries_only() {
    records
    rm week/runs.csv
    run 0 infer week
    says stderr "there are no runs"
    says week/notes.md "one job, \"checks\""
    run 0 run week --replications 1 -q
}

# What comes after --train must not change an estimate.
case_train() {
    records 6
    mkdir later
    run 0 infer week --train 2026-03-02..2026-03-05 --out long
    records 4
    run 0 infer week --train 2026-03-02..2026-03-05 --out short
    diff <(grep -v '"length"' long/scenario.json) <(grep -v '"length"' short/scenario.json) >stdout || fail "they differ"
    cmp -s long/notes.md short/notes.md || fail "other notes"
    run 0 run long --replications 1 -q
    run 2 infer week --train 2027-01-01..2027-02-01 --out none
    says stderr "no stay lies in the time of --train"
    [[ ! -e none ]] || fail "a folder was left"
}

# A rule that tests all at once gets no window of what was seen, and its red jobs run again as they did.
case_check() {
    records
    run 0 infer week --strategy chromium-cq
    says week/notes.md "all that wait are tested at once: nobody was seen to wait for a place"
    says_not week/scenario.json '"window"'
    says week/scenario.json '"retries": 1'
    says week/scenario.json '"without_patch": false'
    sed -i '/,unit,2,/d' week/runs.csv
    run 0 infer week --strategy chromium-cq
    says week/scenario.json '"retries": 0'
    says week/notes.md "a red job is not run once more before it counts: 0 of 14 were"
}

# Nothing of a user's is replaced, and nothing is half-written.
case_careful() {
    records
    echo mine >week/notes.md
    run 4 infer week
    says stderr "week/notes.md: is there and is not gatesim's"
    says week/notes.md mine
    [[ ! -e week/scenario.json ]] || fail "half of it was written"
    run 0 infer week --out other
    cmp -s week/entries.csv other/entries.csv || says other/entries.csv "c144"
    # With the runs, so that validate has node hours and tests to compare with.
    cmp -s <(wc -l <other/runs.csv) <(wc -l <week/runs.csv) || fail "other runs"
    run 1 validate other --replications 2 --json  # nobody waits: nothing to be better at
    says stdout '"node_hours_seen"'
    run 0 run other --replications 1 -q
    mkdir theirs
    echo x >theirs/x
    run 4 infer week --out theirs
    [[ $(ls theirs) == x ]] || fail "something was written"
}

case_wrong() {
    run 4 infer nowhere
    says stderr "nowhere: is no folder"
    records
    run 2 infer week --train 2026-03-02
    says stderr "FROM..TO"
    run 2 infer week --train 2026-03-05..2026-03-02
    says stderr "its end is not after its beginning"
    run 2 infer week --strategy githb
    says stderr "github"
    echo '{"configuration": {"maximumEntriesToBuild": 9, "checkResponseTimeout": 45}}' >week/import.json
    run 0 infer week
    says week/scenario.json '"window": 9'
    says week/scenario.json '"timeout": "45m"'
    echo '{' >week/import.json
    run 2 infer week
    says stderr "import.json: is no JSON document"
    echo "1,x,app,yesterday,,open" >>week/entries.csv
    rm week/import.json
    run 2 infer week
    says stderr "entries.csv:146:"
}

# Builds as they went, in the scenario and in the run that says how many.
case_recorded() {
    records
    run 0 infer week --recorded --out model
    says model/scenario.json '"builds": "runs.csv"'
    cmp -s <(wc -l <model/runs.csv) <(wc -l <week/runs.csv) || fail "other runs"
    run 0 run model --replications 1
    says stderr "runs.csv: 302 builds as recorded, 0 drawn; such a run explains, and cannot predict"
    run 0 run model --replications 2 --json
    says stdout '"builds_recorded": 302.0'
    sed -i 's/,success,/,green,/' model/runs.csv
    run 2 run model --replications 1
    says stderr 'runs.csv:2:'
    says stderr 'result: "green" is no result'
    rm week/runs.csv
    run 2 infer week --recorded
    says stderr "nothing to take (--recorded)"
    records
    run 2 infer week --recorded --synthetic
    says stderr "one of them"
}

case_synthetic() {
    records 20
    run 0 infer week --synthetic
    [[ $(wc -l <week/load.csv) -gt 800 ]] || fail "too few were drawn"
    run 0 run week --replications 1 -q
}

"case_$2"
