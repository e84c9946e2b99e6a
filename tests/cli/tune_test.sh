#!/usr/bin/env bash
# tune_test.sh TREE PROGRAM CASE: compare --tune as a person types it; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
source "$here/long_study.sh"

# The replication numbers in a journal.
numbers() { tail -n +2 "$1/journal.jsonl" | grep -oE '"number":[0-9]+' | cut -d: -f2 | sort -n | uniq | tr '\n' ' '; }

# A burst at which a window of five is far too narrow: that is found out on other luck, and said.
case_chosen() {
    cat >burst.json <<'END'
{"title": "Burst", "period": {"length": "2d"}, "load": {"arrivals": {"rate": "300/h", "limit": 60}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "20m", "sigma": 0.2}}}}
END
    study=(compare burst.json --strategies github,serial --variant 'mine:/strategy={"name":"github","window":10}'
        --replications 6 --engine heap --training 4)
    run 2 "${study[@]}"
    says stderr "it needs --tune"
    run 0 "${study[@]}" --tune --jobs 1 --out one
    fits
    tr -s ' \n' '  ' <stdout >told
    says told "github: window = 0, with"
    says told "the defaults (window = 5) gave"
    says told "4 training replications; tried: window 5, 10, 20, 40 and 0."
    says told "serial: there is nothing to choose."
    says told "mine: as it is, since --strategies does not name it."
    [[ $(numbers one) == "1 2 3 4 5 6 2000000001 2000000002 2000000003 2000000004 " ]] || fail "other replications: $(numbers one)"
    [[ $(member one/compare.json "tuning;arms;github;chosen;window") == 0 ]] || fail "nothing in the document"
    [[ $(member one/compare.json "tuning;arms;github;default;window") == 5 ]] || fail "no default in the document"
    [[ $(member one/compare.json "differences;mine;landing_time_s.p95;verdict") == worse ]] || fail "ten are as good as all"
    sed -n 's/^Again    gatesim //p' stdout >again
    run 0 "${study[@]}" --tune --jobs 3 --out three
    same one three
    rm one/compare.json
    run 0 "${study[@]}" --tune --out one --resume
    same one three
    eval "run 0 $(cat again) --engine heap --out four"
    same one four
    run 0 report one
    grep -q "Settings that were chosen" one/report.html || fail "the page says nothing of it"
    run 0 describe github
    says stdout "compare --tune tries 5, 10, 20, 40, 0."
}

case_refused() {
    a_scenario
    run 2 compare small.json --strategies zuul,serial --tune --shard 1/2
    says stderr "--tune cannot stand with --shard"
    run 2 compare small.json --strategies zuul,serial --tune --print-tasks slurm
    run 2 compare small.json --variant "a:/strategy=serial" --tune
    says stderr "none is named"
    run 2 compare small.json --strategies zuul,serial --tune --metric node_utilisation
    says stderr "cannot choose by it"
    run 2 compare small.json --strategies zuul,serial --tune --training 1
    [[ ! -e out ]] || fail "something was written"
}

# Stopped while it trains: what is finished is kept, and --resume goes on from there.
case_interrupted() {
    a_long_study
    study=(compare small.json --strategies zuul,batch --replications 2 --tune --training 2 --engine heap --no-progress)
    "$program" "${study[@]}" --out cut --jobs 2 >stdout 2>stderr &
    local process=$!
    until_finished cut 6
    kill -INT $process
    wait $process
    local code=$?
    ((code == 130)) || fail "exit code $code"
    says stderr "interrupted while tuning; --resume goes on"
    [[ ! -e cut/compare.json ]] || fail "a result without an end"
    run 0 "${study[@]}" --out cut --resume
    says stderr "finished replications are there already"
    run 0 "${study[@]}" --out whole
    same whole cut
}

"case_$3"
