#!/usr/bin/env bash
# bad_input_test.sh GATESIM: each case runs in an empty folder with at most 10 s of processor time.
set -uo pipefail
gatesim=$1
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cases=0 failures=0

# try EXIT WORDS SCENARIO LOAD ARGUMENT...: WORDS must stand in what is said; SCENARIO and LOAD become files unless "-".
try() {
    local code=$1 words=$2 scenario=$3 load=$4 got
    shift 4
    rm -rf "$temporary/case" && mkdir "$temporary/case" && cd "$temporary/case" || exit 1
    [[ $scenario == - ]] || printf '%b' "$scenario" >scenario.json
    [[ $load == - ]] || printf '%b' "$load" >load.csv
    (($#)) || set -- run scenario.json --out out
    (ulimit -t 10; exec timeout 60 "$gatesim" "$@") >../stdout 2>../stderr </dev/null
    got=$?
    cases=$((cases + 1))
    if ((got != code)) || ! grep -qF -- "$words" ../stderr || ls -d out* >/dev/null 2>&1; then
        failures=$((failures + 1))
        printf 'FAILED (exit %s, wanted %s; words: %s; left: %s): %.300s %s\n' "$got" "$code" "$words" "$(ls)" "$scenario" "$*"
        head -c 600 ../stderr
    fi
}
jobs() { try 2 "$1" '{"load": {"changes": {"a": {"enqueue_at": "0s"}}}, "jobs": {"unit": {'"$2"'}}}' -; }
more() { try 2 "$1" '{"load": {"changes": {"a": {"enqueue_at": "0s"}}}, "jobs": {"unit": {"duration": "9m"}}, '"$2"'}' -; }
rows() { try 2 "$1" '{"load": {"replay": {"file": "load.csv"}}, "jobs": {"unit": {"duration": "9m"}}, "projects": {"nova": {}}}' "$2"; }
good='{"load": {"changes": {"a": {"enqueue_at": "0s"}}}, "jobs": {"unit": {"duration": "9m"}}}'
usage() { local words=$1; shift; try 2 "$words" "$good" - "$@"; }

# Scenarios.
try 2 'scenario.json:1:1: the document is empty' '' -
try 2 'the text ends too early' '{"load": {"chan' -
try 2 'scenario.json:1:10: syntax error' '{"load": NaN}' -
try 2 'byte 0xFF' '{"load": "\xff"}' -
try 2 'byte 0x00' '{"load"\0000: 1}' -
try 2 'nested more than 64 deep' "$(printf '[%.0s' {1..5000})" -
try 2 'stands twice' '{"load": {}, "load": {}}' -
try 2 'extends itself' '{"extends": "scenario.json"}' -
try 4 'there is no file' '{"extends": "elsewhere.json"}' -
jobs 'scenario.json:1:82: /jobs/unit/duration: a time' '"duration": "9 MiB"'
jobs 'did you mean "duration"' '"duraton": "9m"'
jobs 'it is negative' '"duration": "-9m"'
jobs '/jobs/unit/duration' '"duration": "1e308s"'
jobs 'is above 100' '"duration": {"dist": "lognormal", "median": "9m", "sigma": 1e308}'
jobs '/jobs/unit/nodes: 1e+18 is above 10000' '"duration": "9m", "nodes": 1000000000000000000'
jobs '/jobs/unit/attempts' '"duration": "9m", "attempts": 1000000000000000000'
jobs 'in a circle' '"duration": "9m", "needs": ["unit"]'
jobs 'too large' '"duration": "9m", "files": ["(a?){16000}"]'
jobs 'a ( without its )' '"duration": "9m", "files": ["(docs"]'
more '/replications' '"replications": 1000000000'
more 'this number is too large' '"replications": 1e400'
more '/pools/default/nodes' '"pools": {"default": {"nodes": 1000000000000000000}}'
more '/strategy/window' '"strategy": {"name": "zuul", "window": 1000000000000000000}'
more 'there is no strategy' '"strategy": "zool"'
more '/jobs' '"jobs": []'
try 2 'there is no project "nova"' '{"load": {"changes": {"a": {"enqueue_at": "0s", "project": "nova"}}}, "jobs": {"unit": {"duration": "9m"}}, "projects": {"neutron": {}}}' -
try 2 '/load/arrivals/limit' '{"load": {"arrivals": {"rate": "8/day", "limit": 1000000000000000000}}, "jobs": {"unit": {"duration": "9m"}}}' -
try 2 'more errors not shown' "{$(seq -f '"j%.0f": 1,' 100000 | tr -d '\n') \"z\": 1}" -

# Load files.
head=project,change,enqueued
rows 'load.csv:1:1: the file is empty' ''
rows 'load.csv:1:1: unknown column "a"' 'a,b\n'
rows 'load.csv:1:9: column "project" a second time' 'project,project\n'
rows 'no column "change"' 'project,enqueued\n'
rows 'load.csv:2:1: 2 fields' "$head\nnova,I1\n"
rows 'load.csv:2:9: enqueued: "yesterday"' "$head\nnova,I1,yesterday\n"
rows 'enqueued: "1e308"' "$head\nnova,I1,1e308\n"
rows 'enqueued: "NaN"' "$head\nnova,I1,NaN\n"
rows 'before 1970' "$head\nnova,I1,-5\n"
rows 'inside quotes' "$head\nnova,\"I1,1372049833\n"
rows 'byte 0xFF' "$head\nnova,\xff,1372049833\n"
rows 'project "swift" is not in the scenario' "$head\nswift,I1,1372049833\n"
rows 'patchset' "$head,patchset\nnova,I1,1372049833,99999999999\n"
rows 'load.csv:302:8' "$head\n$(seq -f 'nova,I%.0f,1372049833' 300)\nnova,I,x\n"
try 4 'load.csv' '{"load": {"replay": {"file": "load.csv"}}, "jobs": {"unit": {"duration": "9m"}}}' -
try 4 'it is a folder' '{"load": {"replay": {"file": "."}}, "jobs": {"unit": {"duration": "9m"}}}' -

# Arguments.
try 4 'holds no scenario.json' - - run . --out out
try 4 'No such file' - - run nothere.json --out out
try 2 'larger than 16 MiB' - - run /dev/zero --out out
try 4 'is there and no folder' "$good" - run scenario.json --out scenario.json
usage 'no command' frobnicate
usage 'SCENARIO is missing' run
usage 'one argument too many' run a b
usage '--seed' run scenario.json --seed -1
usage '--replications' run scenario.json --replications 1000000000
usage '--until' run scenario.json --until 1e308s
usage '/pointer=value' run scenario.json --set nope
usage 'nested more than 64' run scenario.json --set "/$(printf 'a/%.0s' {1..5000})=1"
usage 'there is no strategy' run scenario.json --strategy bogus
usage '--engine' run scenario.json --engine bogus
usage 'nothing is called' describe /nope/nope
usage 'not nonsense' list nonsense
usage 'unknown option' schema --bogus
usage 'no run directory' explain nothere

printf '%s cases, %s failed\n' "$cases" "$failures"
((cases > 60 && failures == 0))
