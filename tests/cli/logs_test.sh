#!/usr/bin/env bash
# logs_test.sh PROGRAM SCENARIOS CASE: run --logs as a person types it; one case, in a folder of its own.
set -uo pipefail

program=$1
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
monday=$2/flaky-monday
hunt=$2/race-hunt
year=$2/year
styles=$here/../correlate/styles

# logs FOLDER ARGUMENT...: runs the day with logs.
logs() { run 0 run "$monday" --tables none --quiet --out out --logs "$@"; }

case_written() {
    logs l --log-passed 100%
    python3 - <<'END' || fail "not the logs of the builds"
import csv, gzip, os
rows = list(csv.DictReader(open("l/builds.csv")))
truth = {r["build"]: r["cause"] for r in csv.DictReader(open("l/truth.csv"))}
failed = {r["build"] for r in rows if r["result"] in ("FAILURE", "TIMED_OUT")}
passed = {r["build"] for r in rows if r["result"] == "SUCCESS"}
assert len(rows) == len({r["build"] for r in rows}) > 500
assert failed == set(truth) and len(failed) > 50, (len(failed), len(truth))
assert {"own_defect", "flake"} <= set(truth.values()), set(truth.values())
assert {f[:-3] for f in os.listdir("l/logs")} == failed | passed
assert any(r["tested_with"] for r in rows) and len({r["base"] for r in rows}) > 10
error = 0
for build in passed:
    text = gzip.open(f"l/logs/{build}.gz", "rt").read()
    assert "marked as failed" not in text and text.endswith("\n")
    error += " ERROR " in text
assert .3 < error / len(passed), error
for build in failed:
    assert "marked as failed" in gzip.open(f"l/logs/{build}.gz", "rt").read()
END
    run 0 correlate l --json
    logs few --log-passed 10%
    (($(ls few/logs | wc -l) < $(ls l/logs | wc -l) / 2)) || fail "as many logs of passed builds"
}

case_same() {
    logs a
    logs b --engine heap
    logs c --replications 3 --jobs 2
    for other in b c; do diff -r a $other >stdout || fail "$other has other bytes"; done
    logs d --seed 2
    cmp -s a/builds.csv d/builds.csv && fail "another seed, the same builds"
    run 0 run "$monday" --replications 1 --out with --logs l --quiet
    run 0 run "$monday" --replications 1 --out without --quiet
    diff -r -x .gatesim-files.json -I 'wall_s\|per_s\|rss' with without >stdout || fail "a run with logs is another run"
}

case_folder() {
    logs l
    echo mine >l/logs/note.gz
    first=$(ls l/logs | head -1)
    logs l --seed 2
    [[ $(cat l/logs/note.gz) == mine ]] || fail "a file of the user's was lost"
    logs fresh --seed 2
    rm l/logs/note.gz
    diff -r l fresh >stdout || fail "logs of the first run are left, or lost"
    echo mine >"l/logs/$first"
    cp l/builds.csv builds
    run 4 run "$monday" --replications 1 --tables none --quiet --out out --logs l
    says stderr "was not written by gatesim"
    cmp -s builds l/builds.csv || fail "half a folder was written"
    mkdir own && echo mine >own/builds.csv
    run 4 run "$monday" --replications 1 --tables none --quiet --out out --logs own
    says stderr "own: is not empty"
    run 4 run "$monday" --replications 1 --tables none --quiet --out other --logs out
    says stderr "is the folder of a run"
    run 2 run "$monday" --replications 1 --tables none --quiet --out same --logs ./same
    says stderr "the run's own files go there"
    [[ ! -e same && ! -e other ]] || fail "a run that was refused left something"
    [[ -z $(ls -d *partial* .*partial* 2>/dev/null) ]] || fail "something half written is left"
}

case_interrupted() {
    timeout -s INT 2 "$program" run "$year" --replications 1 --tables none --quiet --out out --logs l >stdout 2>stderr </dev/null
    says stderr "interrupted"
    [[ ! -e l ]] || fail "half the logs are left"
    [[ -z $(ls -d *partial* .*partial* 2>/dev/null) ]] || fail "something half written is left"
}

case_style() {
    for style in "$styles"/*.json; do
        rm -rf l
        logs l --log-style "$style"
        zcat l/logs/*.gz >all
        python3 - "$style" <<'END' || fail "$style is not to be seen in the logs"
import json, sys
style, text = json.load(open(sys.argv[1])), open("all", encoding="utf-8").read()
assert all(layer in text for layer in style["layers"])
assert style["failed"][0][:12] in text and not "{text}" in text and not "{time}" in text
END
    done
    echo '{"layers": ["a"], "tme": "x", "line": "{time} {txt}", "noise": {"errors": 2}}' >bad.json
    run 2 run "$monday" --logs l --log-style bad.json
    says stderr 'bad.json:1:12: /layers: has 1 of them'
    says stderr '/tme: unknown key; did you mean "time"?'
    says stderr 'there is no gap {txt}; did you mean "text"?'
    says stderr '/noise/errors: is no share'
    says stderr 'gatesim describe log-style'
    run 4 run "$monday" --logs l --log-style none.json
    says stderr "none.json: cannot read it"
    run 2 run "$monday" --log-style "$styles/bakery.json"
    says stderr "--log-style goes with --logs DIR"
    run 2 run "$monday" --logs l --log-passed 3
    says stderr "is no share"
    run 0 describe log-style
    says stdout "planted"
    sed -n '/^{/,$p' stdout >own.json
    run 0 schema log-style
    python3 -c "import json; json.load(open('stdout'))['properties']['noise']['properties']['errors']" || fail "no schema"
    logs usual
    logs written --log-style own.json
    diff -r usual written >stdout || fail "the style that is described is another one than the usual"
}

# hunt_in STYLE SEED EXPRESSION ARGUMENT...: what correlate finds in the logs of race-hunt; python calls the figures g.
hunt_in() {
    local style=$1 seed=$2 holds=$3
    rm -rf hunted
    python3 "$here/../correlate/hunt.py" "$program" "$hunt" hunted ${style:+--style "$styles/$style.json"} --seed "$seed" "${@:4}" \
        >stdout 2>stderr || fail "no hunt"
    python3 -c "import json,sys; g=json.load(open('stdout')); sys.exit(not ($holds))" || fail "$style, seed $seed: not so: $holds"
}

good="g['share'] >= .85 and g['most_passed'] <= .02 and g['false'] == 0 and g['right'] >= .8 * g['causes'] and g['causes'] >= 4"

case_hunt() {
    hunt_in "" 1 "$good"
    hunt_in harbour 2 "$good"
}

case_quiet() {
    hunt_in "" 1 "g['fingerprints'] == 0" --set /failures/races/listed=[] --set /failures/troubles={}
}

"case_$3"
