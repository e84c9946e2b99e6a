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
# warns WORDS SCENARIO [LOAD]: it runs, and the summary says so.
warns() {
    local words=$1 got
    rm -rf "$temporary/case" && mkdir "$temporary/case" && cd "$temporary/case" || exit 1
    printf '%b' "$2" >scenario.json
    [[ -z ${3-} ]] || printf '%b' "$3" >load.csv
    (ulimit -t 10; exec timeout 60 "$gatesim" run scenario.json --out out --json) >../stdout 2>../stderr </dev/null
    got=$?
    cases=$((cases + 1))
    if ((got != 0)) || ! grep -qF -- "$words" ../stdout || [[ -s ../stderr ]]; then
        failures=$((failures + 1))
        printf 'FAILED (exit %s, wanted 0; warning: %s): %.300s\n' "$got" "$words" "$2"
        head -c 600 ../stderr
    fi
}
# damage WORDS COMMAND: a run directory `run` is made, COMMAND spoils it, and explain says WORDS.
damage() {
    local words=$1 got
    rm -rf "$temporary/case" && cp -r "$temporary/whole" "$temporary/case" && cd "$temporary/case" || exit 1
    eval "$2"
    (ulimit -t 10; exec timeout 60 "$gatesim" explain a --run run) >../stdout 2>../stderr </dev/null
    got=$?
    cases=$((cases + 1))
    if ((got != 4)) || ! grep -qF -- "$words" ../stderr || [[ -s ../stdout ]]; then
        failures=$((failures + 1))
        printf 'FAILED (exit %s, wanted 4; words: %s): %s\n' "$got" "$words" "$2"
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
jobs 'above 10000' '"duration": "9m", "nodes": 1e5'
try 2 'more errors not shown' "{$(seq -f '"j%.0f": 1,' 100000 | tr -d '\n') \"z\": 1}" -

many=$(printf '"j%s": {"duration": "9m"}, ' {1..2000})
more_projects=$(printf '"p%s": {}, ' {1..600})
try 2 'too many jobs' "{\"load\": {\"changes\": {\"a\": {\"enqueue_at\": \"0s\", \"project\": \"p1\"}}}, \"jobs\": {$many \"z\": {\"duration\": \"1m\"}}, \"projects\": {$more_projects \"z\": {}}}" -
ring='{"extends": "scenario.json"}'
try 2 'extends itself' '{"extends": "load.csv"}' "$ring"

# What runs, with a warning.
one='"load": {"changes": {"a": {"enqueue_at": "0s"}}}'
warns 'No pool is ever large enough for unit: every request for nodes waits for ever' "{$one, \"jobs\": {\"unit\": {\"duration\": \"9m\"}}, \"pools\": {\"default\": {\"nodes\": 0}}}"
warns 'No pool is ever large enough for unit: every request for nodes fails' "{$one, \"jobs\": {\"unit\": {\"duration\": \"9m\"}}, \"pools\": {\"default\": {\"nodes\": 0, \"when_short\": \"fail\"}}}"
warns 'No pool is ever large enough for unit' "{$one, \"jobs\": {\"unit\": {\"duration\": \"9m\", \"nodes\": 5}}, \"pools\": {\"default\": {\"nodes\": 2}}}"
warns '"warnings": []' "{$one, \"jobs\": {\"unit\": {\"duration\": \"9m\"}}, \"pools\": {\"default\": {\"nodes\": 0}}, \"timeline\": [{\"at\": \"2h\", \"set\": {\"/pools/default/nodes\": 3}}, {\"at\": \"0s\", \"set\": {\"/pools/default/nodes\": 1}}]}"
warns '2 were never let into the gate' '{"load": {"changes": {"a": {"enqueue_at": "0s", "depends_on": ["b"]}, "b": {"enqueue_at": "0s", "depends_on": ["a"]}}}, "jobs": {"unit": {"duration": "9m"}}}'
warns '1 was never let into the gate' '{"load": {"changes": {"a": {"enqueue_at": "0s", "depends_on": ["a"]}}}, "jobs": {"unit": {"duration": "9m"}}}'

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
rows 'load.csv:2:20: landed: "1372049832" is before enqueued "1372049833"' "$head,landed\nnova,I1,1372049833,1372049832\n"
rows 'load.csv:302:8' "$head\n$(seq -f 'nova,I%.0f,1372049833' 300)\nnova,I,x\n"
try 4 'load.csv' '{"load": {"replay": {"file": "load.csv"}}, "jobs": {"unit": {"duration": "9m"}}}' -
try 4 'it is a folder' '{"load": {"replay": {"file": "."}}, "jobs": {"unit": {"duration": "9m"}}}' -

rows 'load.csv:3:1: depends_on: I2 cannot depend on itself' "$head,depends_on\nnova,I1,1372049833,\nnova,I2,1372049834,I1 I2\n"

# Files that are none. (What root may read, root may read: no case without permission.)
mkdir "$temporary/odd" && ln -s loop.json "$temporary/odd/loop.json" && mkfifo "$temporary/odd/silent" && touch "$temporary/odd/plain"
try 4 'symbolic links' - - run "$temporary/odd/loop.json" --out out
try 4 'Not a directory' - - run "$temporary/odd/plain/x.json" --out out
try 4 'symbolic links' '{"load": {"replay": {"file": "'"$temporary/odd/loop.json"'"}}, "jobs": {"unit": {"duration": "9m"}}, "projects": {"nova": {}}}' -
try 4 'it is a pipe (FIFO), not a file' '{"extends": "'"$temporary/odd/silent"'"}' -
try 4 'it is a device, not a file' '{"extends": "/dev/zero"}' -
try 4 'it is a device, not a file' '{"extends": "/dev/null"}' -
# A pipe that nobody ever writes to: it waits, as told; Ctrl-C ends it, and nothing is left.
rm -rf "$temporary/case" && mkdir "$temporary/case" && cd "$temporary/case"
printf '{"load": {"replay": {"file": "%s"}}, "jobs": {"unit": {"duration": "9m"}}, "projects": {"nova": {}}}' "$temporary/odd/silent" >scenario.json
for writer in none silent; do
    [[ $writer == none ]] || sleep 20 >"$temporary/odd/silent" &
    timeout --preserve-status -s INT 2 timeout --foreground -s KILL 30 "$gatesim" run scenario.json --out out >../stdout 2>../stderr </dev/null
    got=$?
    [[ $writer == none ]] || kill %2 2>/dev/null
    # timeout ends with the signal, perhaps before the program has tidied up.
    for _ in {1..600}; do
        compgen -G 'out*' >/dev/null || break
        sleep 0.05
    done
    cases=$((cases + 1))
    if ((got != 130)) || ls -d out* >/dev/null 2>&1 || grep -q 'cannot read' ../stderr; then
        failures=$((failures + 1))
        printf 'FAILED (exit %s, wanted 130): a pipe without a word, writer: %s; left: %s\n' "$got" "$writer" "$(ls)"
        head -c 600 ../stderr
    fi
done

# Run directories.
mkdir "$temporary/whole" && cd "$temporary/whole" && printf '%s' "$good" >scenario.json
"$gatesim" run scenario.json --out run --quiet >/dev/null || exit 1
damage 'is not a run directory' 'rm run/summary.json'
damage 'is not a run directory' 'truncate -s 100 run/summary.json'
damage 'is not a run directory' 'truncate -s 20 run/run.json'
damage 'is not a run directory' 'rm -r run/*; mkdir run/run.json run/summary.json'
damage 'is not a run directory' 'rm -r run; cp /bin/true run'
damage 'is not a run directory' 'echo "{\"a\": 1}" >run/run.json'
damage 'is not ours' 'echo "[]" >run/summary.json'
damage 'is not ours' "sed -i 's/\"values\": \[/\"values\": [\"x\",/' run/summary.json"
damage 'their seeds differ' "sed -i 's/\"seed\": 1/\"seed\": 2/' run/run.json"
damage 'scenario.json: is damaged' 'truncate -s 30 run/scenario.json'
damage 'scenario.json: is damaged' 'echo "{}" >run/scenario.json'

# Arguments.
try 4 'holds no scenario.json' - - run . --out out
try 4 'No such file' - - run nothere.json --out out
try 2 'larger than 16 MiB' - - run /dev/zero --out out
try 4 'is there, and is not a folder' "$good" - run scenario.json --out scenario.json
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
usage '--strategy takes text in UTF-8' run scenario.json --strategy $'z\xffool'
usage '--metric takes text in UTF-8' compare scenario.json --strategies zuul,serial --metric $'\xe9'
usage '--name takes text in UTF-8' lesson start --name $'Andr\xe9'
usage '--set takes text in UTF-8' run scenario.json --set $'/jobs/unit/duration=\xff'
usage 'nothing is called' describe /nope/nope
usage 'not "nonsense"' list nonsense
usage 'unknown option' schema --bogus
usage 'no run directory' explain nothere

printf '%s cases, %s failed\n' "$cases" "$failures"
((cases > 85 && failures == 0))
