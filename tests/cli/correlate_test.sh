#!/usr/bin/env bash
# correlate_test.sh PROGRAM CASE: correlate as a person types it, on logs with planted causes; one case, in a folder of its own.
set -uo pipefail

program=$1
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
maker=$here/../correlate/make_logs.py
grader=$here/../correlate/grade.py

# logs SEED ARGUMENT...: makes the folder `logs`.
logs() { python3 "$maker" logs --seed "$@" || fail "no logs were made"; }

# grade: grades what is on stdout; the figures are in the file grade.
grade() {
    cp stdout answer.json
    python3 "$grader" logs answer.json >grade || fail "cannot grade"
}

# holds EXPRESSION: it is true of the figures, which python calls g.
holds() { python3 -c "import json,sys; g=json.load(open('grade')); sys.exit(not ($1))" || { cp grade stdout; fail "not so: $1"; }; }

case_planted() {
    for seed in 3 5; do
        rm -rf logs
        logs $seed
        run 0 correlate logs --json
        grade
        holds "g['share'] >= .85 and g['most_passed'] <= .02 and g['false'] == 0 and g['right'] >= .8 * g['causes']"
    done
}

case_none() {
    for seed in 1 2 6; do
        rm -rf logs
        logs $seed --causes none
        run 0 correlate logs --json
        grade
        holds "g['fingerprints'] == 0"
    done
    run 0 correlate logs
    says stdout "no fingerprint"
}

case_text() {
    logs 4 --causes few
    run 0 correlate logs --baselines --report page.html
    says stdout "clean run"
    says stdout "factor: region"
    says stdout "most frequent errors"
    grep -q 'class="w[1-5]' page.html || fail "no line is coloured"
    grep -Eq '(src|href)="(https?:)?//' page.html && fail "the page asks for something from outside"
    cp stdout first
    run 0 correlate logs --baselines --report page.html
    cmp -s stdout first || fail "other bytes the second time"
    echo mine >mine.html
    run 4 correlate logs --report mine.html
    [[ $(cat mine.html) == mine ]] || fail "a file of the user's was lost"
}

case_check() {
    logs 4 --causes few
    run 0 correlate logs --json
    cp stdout found.json
    run 0 correlate logs --check found.json --json
    python3 - found.json stdout <<'END' || fail "graded otherwise than found"
import json, sys
a, b = (json.load(open(p)) for p in sys.argv[1:])
keys = ("id", "all_of", "layer", "where", "hits_failed", "hits_passed", "precision")
sys.exit([[f[k] for k in keys] for f in a["fingerprints"]] != [[f[k] for k in keys] for f in b["fingerprints"]]
         or a["classified"] != b["classified"])
END
    echo '[{"id": "mine", "all_of": ["("]}]' >mine.json
    run 2 correlate logs --check mine.json
    says stderr 'mine: "(" is no pattern of RE2'
    echo '[{"id": "mine", "all_of": ["x"], "where": {"rack": "7"}}]' >mine.json
    run 2 correlate logs --check mine.json
    says stderr "knows job, node, region and provider"
    echo '{"x": 1}' >mine.json
    run 2 correlate logs --check mine.json
    says stderr "is no list of fingerprints"
    run 2 correlate logs --check found.json --baselines
}

case_classes() {
    for i in $(seq 20); do
        printf '{"id": %d, "flaky": %d, "tail": "step %d\\npull of image %d failed: connection reset\\n"}\n' "$i" 1 "$i" "$i"
        printf '{"id": %d, "flaky": %d, "tail": "step %d\\ncannot find function %d in this scope of the crate\\n"}\n' "$((i + 20))" 0 "$i" "$i"
    done | gzip >labelled.jsonl.gz
    run 0 correlate labelled.jsonl.gz --classes flaky
    says stdout "100.0 % right (40 of 40; 95 %: 91.2 % to 100.0 %)"
    says stdout "50.0 % right"
    run 2 correlate labelled.jsonl.gz --classes tail
    says stderr 'there is no column "tail"; there is flaky'
    printf 'bug,build,status\n7,a,FAILURE\n7,b,SUCCESS\n7,b,SUCCESS\n' | gzip >hits.csv.gz
    run 0 correlate hits.csv.gz --hits bug
    says stdout "33 %   1 failed, 1 passed"
    run 2 correlate hits.csv.gz --hits cause
    says stderr 'has no column "cause"; it has bug, build, status'
}

case_broken() {
    logs 4 --causes few
    run 0 correlate logs --json
    cp stdout whole.json
    mapfile -t files < <(cd logs/logs && grep -lE . -- *.gz | head -5)
    head -c 700 "logs/logs/${files[0]}" >cut && cp cut "logs/logs/${files[0]}"
    head -c 5000 /dev/zero >"logs/logs/${files[1]}"
    (head -c 100000000 /dev/zero | tr '\0' x; echo; echo last) | gzip >"logs/logs/${files[2]}"
    (zcat "logs/logs/${files[3]}"; printf 'caf\xe9\n') | gzip >bad && cp bad "logs/logs/${files[3]}"
    rm "logs/logs/${files[4]}"
    run 0 correlate logs --json
    says stderr "${files[0]}: the gzip data end or break after"
    says stderr "${files[1]}: is binary"
    says stderr "${files[2]}: has a line of 100000000 bytes"
    says stderr "${files[3]}: has 1 bytes that are not UTF-8"
    [[ $(grep -c '^!' stderr) == 4 ]] || fail "not one message for each"
    grade
    holds "g['share'] >= .85"
    run 4 correlate nowhere
    says stderr "nowhere: is not there"
    mkdir empty
    run 4 correlate empty
    says stderr "has no builds.csv"
    printf 'build,result\na,FAILURE\na,SUCCESS\n' >empty/builds.csv
    run 4 correlate empty
    says stderr "builds.csv:3: the build a is there twice"
    printf 'build\na\n' >empty/builds.csv
    run 4 correlate empty
    says stderr 'has no column "result"'
    printf 'build,result\na,FAILURE\n' >empty/builds.csv
    run 4 correlate empty
    says stderr "none of the 1 builds has a log"
}

"case_$2"
