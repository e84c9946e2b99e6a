#!/usr/bin/env bash
# import_test.sh PROGRAM TREE CASE: import as a person types it; one case, in a folder of its own.
set -uo pipefail

program=$1
tree=$2
case_name=$3
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
exports=$tree/tests/import/github
export XDG_DATA_HOME=$PWD/data

case_folder() {
    run 0 import github "$exports"/together/*.json --out week --names keep
    grep -qE '^  entries +2  stays in a queue$' stdout || fail "the row of the stays"
    grep -qE '^  dropped +1  inherited from an earlier attempt$' stdout || fail "the row of a dropped record"
    says stdout "Written to week"
    cmp week/entries.csv "$exports/together/entries.csv" || fail "other stays"
    cmp week/runs.csv "$exports/together/runs.csv" || fail "other runs"
    says week/import.json '"maximumEntriesToBuild": 5'
    fits
}

# The document of --json is the one that is kept.
case_json() {
    run 0 import auto "$exports/runs/runs.json" --out week --json --names keep
    cmp stdout week/import.json || fail "another document is kept"
    [[ $(member stdout forge) == github ]] || fail "the forge"
    [[ $(member stdout groups) == 3 ]] || fail "the groups"
    [[ $(member stdout entries) == 2 ]] || fail "the stays"
    says stdout '"dropped": {}'
}

# Who jumped the queue, or was to land alone, is a column; without anybody there is none.
case_asked() {
    run 0 import github "$exports/queue/queue.json" --out none --names keep
    says_not none/entries.csv asked
    sed 's/"jump":false,"solo":false/"jump":true,"solo":true/' "$exports/queue/queue.json" >queue.json
    run 0 import github queue.json --out week --names keep
    says week/entries.csv ",priority,asked"
    says week/entries.csv ",0,jump;solo"
    run 0 import csv week --out again --names keep
    says again/entries.csv ",0,jump;solo"
    sed -i 's/jump;solo/hop/' week/entries.csv
    run 2 import csv week --out wrong
    says stderr 'asked: "hop" is none of: jump, solo, jump;solo'
}

case_how() {
    local forge
    run 0 import auto --how
    for forge in github git csv; do says stdout "  $forge "; done
    for forge in github git csv; do
        run 0 import "$forge" --how
        says stdout "import $forge"
    done
    run 0 describe entries.csv
    says stdout "change*"
    run 0 describe runs.state
    says stdout "equal code"
}

# Plain or gzipped, from a file or a pipe, by name or by shape: the same tables.
case_forms() {
    gzip -c "$exports/jobs/jobs.json" >jobs.json.gz
    run 0 import auto jobs.json.gz --out one -q --names keep
    says_nothing stdout
    "$program" import github - --out two -q --names keep <"$exports/jobs/jobs.json" || fail "from a pipe"
    "$program" import github - --out three -q --names keep <jobs.json.gz || fail "gzipped, from a pipe"
    for folder in one two three; do cmp $folder/runs.csv "$exports/jobs/runs.csv" || fail "$folder"; done
    run 0 import csv one --out four -q --names keep
    cmp four/runs.csv one/runs.csv || fail "the tables change when they are read again"
    run 2 import auto - --out five
    says stderr "name the forge: "
}

# The key is made once, for its owner alone, and never where the tables are.
case_key() {
    run 0 import github "$exports/queue/queue.json" --out one -q
    says_nothing stderr
    [[ $(stat -c %a data/gatesim/import.key) == 600 ]] || fail "others may read the key"
    run 0 import github "$exports/queue/queue.json" --out two -q
    cmp one/entries.csv two/entries.csv || fail "another pseudonym with the same key"
    run 0 import github "$exports/queue/queue.json" --out three --key other.key
    says stderr "A new key for pseudonyms: other.key"
    cmp -s one/entries.csv three/entries.csv && fail "the same pseudonym with another key"
    run 4 import github "$exports/queue/queue.json" --out four --key four/my.key
    says stderr "must be outside"
    [[ ! -e four ]] || fail "something was written"
    XDG_DATA_HOME='' HOME='' run 4 import github "$exports/queue/queue.json" --out four
    says stderr "--key FILE"
}

case_names() {
    run 0 import github "$exports/queue/queue.json" --out one -q
    says_not one/entries.csv u1
    run 0 import github "$exports/queue/queue.json" --out two -q --names keep
    says two/entries.csv ,u1,
    run 2 import githup x --out three
    says stderr "did you mean github?"
}

case_dates() {
    run 0 import github "$exports/queue/queue.json" --out one --names keep --since 2030-01-07T09:01Z
    says stdout "stays before --since"
    says_not one/entries.csv 1,101,
    run 0 import github "$exports/queue/queue.json" --out one --names keep --until 2030-01-07T09:01Z -q
    says one/entries.csv 1,101,
    says_not one/entries.csv 102
    run 0 import github "$exports/queue/queue.json" --out one --names keep --shift-days -7 -q
    says one/entries.csv 2029-12-31T09:00:00Z
    run 2 import github "$exports/queue/queue.json" --shift-days 3
    says stderr "whole weeks"
    run 2 import github "$exports/queue/queue.json" --since yesterday
    says stderr "--since: "
    run 2 import github "$exports/runs/runs.json" --branch other
    says stdout "stays for another branch"
}

# What is broken is counted, with its place, and the rest is read.
case_broken() {
    cp "$exports/webhooks/webhooks.jsonl" lines.jsonl
    printf '{"action": "completed", "workflow_job": {"id": 3, "name": "cut off\n' >>lines.jsonl
    head -n 1 lines.jsonl >>lines.jsonl
    run 0 import github lines.jsonl
    grep -qE '^  dropped +1  broken document$' stdout || fail "the broken line is not counted"
    says stdout "! lines.jsonl:5:"
    says_not stdout "cut off"
    run 4 import github missing.json
    says stderr "missing.json: cannot read"
    gzip -c "$exports/together/runs.json" | head -c 200 >half.gz
    run 2 import github half.gz
    says stdout "! half.gz: gzip data end or break"
}

# Nothing of a user's is written over.
case_refused() {
    mkdir mine
    echo notes >mine/entries.csv
    run 4 import github "$exports/runs/runs.json" --out mine --names keep
    says stderr "mine"
    [[ $(cat mine/entries.csv) == notes ]] || fail "a file of the user's is gone"
    run 0 import github "$exports/runs/runs.json" --out week --names keep -q
    echo mine >>week/runs.csv
    run 4 import github "$exports/jobs/jobs.json" --out week --names keep
    says week/runs.csv mine
}

case_nothing() {
    echo '[]' >empty.json
    run 2 import github empty.json --out week
    [[ ! -e data ]] || fail "a key was made for nothing"
    run 2 import github empty.json --out week --names keep
    says stderr "nothing usable"
    [[ ! -e week ]] || fail "something was written"
    run 2 import auto empty.json
    says stderr "no forge knows"
    run 2 import github
    says stderr "import github --how"
}

# Whatever is lost is an error; what is there twice is not lost.
case_strict() {
    run 2 import github "$exports"/together/*.json --out week --strict
    says stderr "--strict: 1 of "
    says stderr "inherited from an earlier attempt"
    says stderr "nothing is written"
    [[ ! -e week && ! -e data ]] || fail "something was written"
    run 0 import github "$exports/runs/runs.json" "$exports/runs/runs.json" --out week --strict -q --names keep
    cmp week/runs.csv "$exports/runs/runs.csv" || fail "other runs"
    run 0 import github "$exports/queue/queue.json" --until 2030-01-07T09:01Z --strict
}

# Jobs are hidden where it is asked for, and only they.
case_jobs() {
    local forge name
    for forge in gitlab gerrit zuul prow; do
        run 0 import $forge "$tree/tests/import/$forge"/*.json* --out $forge --hide-jobs -q
        cut -d, -f6 "$tree/tests/import/$forge/runs.csv" | tail -n +2 | grep -E '[a-z]{3}' | sort -u >names
        [[ -s names ]] || fail "no name to look for"
        while read -r name; do says_not $forge/runs.csv "$name"; done <names
    done
    run 0 import gitlab "$tree/tests/import/gitlab"/*.json --out kept --hide-jobs --names keep -q
    says_not kept/runs.csv unit
    cmp <(tail -n +2 kept/entries.csv) <(tail -n +2 "$tree/tests/import/gitlab/entries.csv") || fail "other stays"
}

# A folder of ours is written again, whole.
case_again() {
    run 0 import github "$exports/runs/runs.json" --out week --names keep -q
    run 0 import github "$exports/jobs/jobs.json" --out week --names keep -q
    cmp week/runs.csv "$exports/jobs/runs.csv" || fail "the second import did not replace the first"
    cmp week/entries.csv "$exports/jobs/entries.csv" || fail "stays of the first are left"
}

"case_$case_name"
