#!/usr/bin/env bash
# words_test.sh TREE PROGRAM CASE: what help, list and describe say, and which names they take; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/small_study.sh"

case_help() {
    run 0 --help
    says stdout "explain"
    for command in run new explain list describe schema help; do
        run 0 "$command" --help
        cp stdout page
        run 0 help "$command"
        cmp -s stdout page || fail "help $command is not $command --help"
        says stdout "Exit codes"
        says stdout "130"
    done
    run 2 help expalin
    says stderr "did you mean explain?"
    awk 'length($0) > 80 { exit 1 }' page || fail "a line is too long"
}

case_lists() {
    run 0 list
    says stdout "scenarios/quickstart"
    says stdout "zuul"
    says stdout "gate_time_s"
    says stdout "resets.csv"
    run 0 list strategies
    says stdout "serial"
    says_not stdout "gate_time_s"
    run 2 list strategeis
}

case_describes() {
    for name in zuul gate_time_s gate_time_s.p95 changes changes.csv changes.away_s /jobs/*/duration run window words; do
        run 0 describe "$name"
        [[ -s stdout ]] || fail "nothing about $name"
    done
    run 0 describe words
    says stdout "merge train"
    run 2 describe gate_tmie_s
    says stderr "did you mean gate_time_s?"
    run 2 describe /jobs/*/duraton
    says stderr "/jobs/*/duration"
}

case_schema() {
    run 0 schema
    cmp -s stdout "$tree/scenarios/schema/scenario.json" || fail "the checked-in schema is another one"
    run 0 schema tables
    member stdout tables >/dev/null || fail "no JSON"
    run 0 schema metrics
    member stdout metrics >/dev/null || fail "no JSON"
}

# The option that was typed, and the names that were probably meant.
case_names() {
    a_scenario
    run 2 run small.json --strategy zool
    says stderr '--strategy: there is no strategy "zool"; did you mean zuul?'
    says_not stderr "--set"
    run 2 run small.json --strategy bors
    says stderr "did you mean bors-ng or rust-bors?"
    run 2 run small.json --strategy github-merge-queue
    says stderr "did you mean github?"
    run 2 run small.json --strategy '{"name": "zuul", "widnow": 3}'
    says stderr '--strategy /strategy/widnow: zuul has no parameter "widnow"; did you mean "window"?'
    run 2 run small.json --strategy zuul --set /strategy/widnow=3
    says stderr "--set /strategy/widnow"
    run 2 run small.json --set /strategy=zool
    says stderr '--set /strategy: there is no strategy "zool"; did you mean "zuul"?'
    run 2 explain c1 --strategy zool
    run 2 lits
    says stderr "did you mean list?"
    run 2 list metric
    says stderr "did you mean metrics?"
    run 0 describe bors
    says stdout "bors-ng"
    run 2 describe /pools/default/node
    says stderr "did you mean /pools/default/nodes?"
    # Whole numbers are written out.
    for name in zuul /strategy /replications github batch /load/footprint; do
        run 0 describe $name
        grep -E '[0-9]e\+?[0-9]' stdout && fail "an exponent in $name"
    done
    run 2 run small.json --set /replications=0
    says stderr "1000000"
}

# What the story shows and what its totals say are the same.
# What a product calls a thing leads to what it is here.
case_product_words() {
    a_scenario
    run 0 describe max_entries_to_build
    says stdout "GitHub: max_entries_to_build is window of github."
    says stdout '"strategy": {"name": "github", "window": ...}'
    run 0 describe maxEntriesToBuild
    says stdout "window of github"
    run 0 describe batch_size
    says stdout "Mergify: batch_size is batch of mergify."
    says stdout "Aviator: batch_size is batch of aviator."
    run 0 describe max_parallel_checks
    says stdout "window of mergify"
    run 0 describe bors
    says stdout "bors-ng: bors is bors-ng."
    says stdout "Rust's bors: bors is rust-bors."
    run 0 describe group_wait
    says stdout "(parameter, /strategy/group_wait)"
    says stdout "Of github"
    run 0 describe github
    says stdout "GitHub: max_entries_to_build"
    says stdout "Not modelled"
    says stdout "sim/strategy/SOURCES.md"
    run 0 describe github-headgreen
    says stdout "Not modelled"
    says stdout "witness = own-jobs"
    run 0 describe serial
    says_not stdout "Not modelled"
    run 0 list parameters
    says stdout "max_parallel_checks"
    run 0 list max_parallel_checks
    says stdout "window of mergify"
    run 0 list bors
    says stdout "rust-bors"
    run 0 list
    says_not stdout "max_parallel_checks"
    run 2 list barrels
    run 2 run small.json --strategy '{"name": "github", "max_entries_to_build": 3}'
    says stderr 'github has no parameter "max_entries_to_build"; did you mean "window"?'
    run 2 run small.json --strategy '{"name": "github-headgreen", "maxEntriesToMerge": 3}'
    says stderr 'did you mean "group_max"?'
    run 2 run small.json --strategy mergify --set /strategy/batch_max_wait_time=10s
    says stderr 'did you mean "wait"?'
}

"case_$3"
