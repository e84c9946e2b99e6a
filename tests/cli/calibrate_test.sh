#!/usr/bin/env bash
# calibrate_test.sh PROGRAM CASE: calibrate as a person types it; one case, in a folder of its own.
set -uo pipefail

program=$1
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# a_scenario CLAIMS: four changes that land one after the other, twenty minutes apart.
a_scenario() {
    cat >four.json <<END
{"title": "Four", "period": {"start": "2013-06-24T00:00Z", "length": "1d"},
 "load": {"changes": {"a": {"enqueue_at": "0m"}, "b": {"enqueue_at": "20m"}, "c": {"enqueue_at": "40m"}, "d": {"enqueue_at": "60m"}}},
 "jobs": {"unit": {"duration": "10m"}},
 "facts": {$1}}
END
}
landed='"landed": {"expected": 4, "kind": "predicted", "source": "counted by hand"}'
wrong_gap='"landing_gap": {"expected": ["20m", null, "30m", null], "kind": "fitted", "source": "guessed"'

case_table() {
    a_scenario "$landed, $wrong_gap}"
    run 1 calibrate four.json --replications 2 --no-progress
    grep -qE '^landed +4 +4 in all 2 +0 % +✓ predicted \[1\]$' stdout || fail "the row of landed"
    grep -qE '^landing_gap p25 +20 min +20 in all 2 +0 % +✓ fitted \[2\]$' stdout || fail "the row of a quantile"
    grep -qE '^landing_gap p75 +30 min +20 in all 2 +-33 % +✗ fitted \[2\]$' stdout || fail "the row of a miss"
    says stdout "landing_gap: no reason is known."
    says stdout "[1] counted by hand"
    says stdout "3 claims: 2 within its tolerance and 1 missed without one."
    fits
}

# A miss with a reason is told, and fails nothing; so does a wider tolerance.
case_reason() {
    a_scenario "$wrong_gap, \"why\": \"they come by the clock\"}"
    run 0 calibrate four.json --replications 2 --no-progress
    says stdout "✗ landing_gap: they come by the clock"
    a_scenario "$wrong_gap, \"tolerance\": \"40%\"}"
    run 0 calibrate four.json --replications 2 --no-progress
    says stdout "2 claims: 2 within its tolerance."
}

case_json() {
    a_scenario "$landed, $wrong_gap}"
    run 1 calibrate four.json --replications 2 --json --no-progress
    says stdout '"passed": false'
    says stdout '"verdict": "missed"'
    says stdout '"expected": 1800.0'
    says stdout '"mean": 1200.0'
}

case_nothing_claimed() {
    a_scenario ""
    run 2 calibrate four.json --no-progress
    says stderr 'four claims nothing: it has no "facts"'
    run 0 describe /facts
    says stdout "landing_gap"
}

case_bad_claim() {
    a_scenario '"landing_gap": {"expected": ["23s", "5m40s"], "kind": "predicted", "source": "git"}'
    run 2 calibrate four.json --no-progress
    says stderr "/facts/landing_gap/expected: these are 2 numbers, not 4"
    says stderr "a number each for p25, p50, p75, p95"
    a_scenario '"contributor": {"expected": 110, "kind": "predicted", "source": "git"}'
    run 2 run four.json --no-progress
    says stderr 'did you mean "contributors"?'
}

# Claims change nothing, and neither do engines and processes.
case_same_bytes() {
    a_scenario "$landed"
    run 0 calibrate four.json --replications 4 --jobs 1 --engine heap --no-progress
    cp stdout first
    run 0 calibrate four.json --replications 4 --jobs 3 --engine simgrid --no-progress
    cmp -s stdout first || fail "other bytes"
}

"case_$2"
