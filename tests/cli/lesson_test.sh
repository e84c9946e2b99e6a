#!/usr/bin/env bash
# lesson_test.sh TREE PROGRAM CASE: a learner at an 80x24 terminal without colours; one case, in a folder of its own.
source "$(dirname "${BASH_SOURCE[0]}")/lesson_support.sh"

case_first_screen() {
    lesson 0
    fits
    says stdout "it is meant to be red, nothing is broken"
    says stdout "Begin: gatesim lesson start"
    [[ -e $desk ]] && fail "looking made a folder"
    lesson 0 start
    fits
    says stdout "it is meant to be red"
    says stdout "and is meant to: gatesim lesson check"
    says_not stdout "{{"
    (($(wc -l <stdout) <= 24)) || fail "the first screen does not fit 24 lines"
}

# A whole lesson as it looks: start, wrong answer, hint, right answer, explanation, next.
case_transcript() {
    {
        echo '$ gatesim lesson start 00'
        "$program" lesson start 00
        printf '\n$ gatesim lesson check\n'
        "$program" lesson check
        printf '\n$ gatesim lesson hint\n'
        "$program" lesson hint
        printf '{"set": {"/pools/machines/nodes": 60}}\n' >$mine
        printf '\n(60 machines) $ gatesim lesson check\n'
        "$program" lesson check
        printf '\n$ gatesim lesson hint --rung 4\n'
        "$program" lesson hint --rung 4
        four
        printf '\n(4 machines) $ gatesim lesson check\n'
        "$program" lesson check
        printf '\n$ gatesim lesson list\n'
        "$program" lesson list | head -8
    } >stdout 2>stderr </dev/null
    fits
    diff "$here/lesson_transcript.txt" stdout >difference || fail "the transcript has changed: $(cat difference)"
}

# A goal that has to be found is not told before the third attempt, on the screen or beside it; one miss at a time.
case_goal_is_not_told() {
    lesson 0 start 09
    local work=$desk/09-flakes-multiply/work.json results=$desk/09-flakes-multiply/results.json n
    printf '{"answers": {"innocents": "5%%", "price": 300, "retests": "more", "budget10": "1%%", "budget40": "1%%"}}\n' >$work
    for n in 1 2; do
        lesson 1 check
        fits
        (($(grep -c '^✗' stdout) == 2)) || fail "not one miss and the verdict"
        says stdout "more are missed; one thing at a time"
    done
    python3 - $results <<'END' || fail "results.json tells the goal"
import json, sys
tests = {t["name"]: t for t in json.load(open(sys.argv[1], encoding="utf-8"))["tests"]}
for name in ("innocents", "price"):
    assert tests[name]["goal"] == "?" and tests[name]["target"] is None, tests[name]
assert tests["innocents"]["distance"] == "too low, by a factor of 3", tests["innocents"]
assert tests["price"]["distance"].startswith("too high, by a factor of"), tests["price"]
END
    printf '{"answers": {"innocents": "5%%", "price": 300, "retests": "same", "budget10": "0.2%%", "budget40": "0.05%%"}}\n' >$work
    rm -rf $desk/.bootcamp-state.txt
    lesson 1 check 09
    says stdout "too low, by a"
    says_not stdout "± 15 %"
    lesson 1 check 09
    lesson 1 check 09
    says stdout "± 15 %"
}

# Lesson 09 sends learners to c5: it had bad luck, and landed.
case_bad_luck() {
    lesson 0 start 09
    printf '{"answers": {"innocents": "18%%", "price": 12}}\n' >$desk/09-flakes-multiply/work.json
    lesson 0 run 09 --quiet
    python3 - $desk/09-flakes-multiply/out/changes.csv <<'END' || fail "c5 has no story to tell"
import csv, sys
row = next(r for r in csv.DictReader(open(sys.argv[1])) if r["change"] == "c5")
assert row["outcome"] == "landed" and int(row["attempts"]) >= 3, row
END
}

# Each of the eight mornings of lesson 01 can be answered, and giving up shows the learner's own.
case_mornings() {
    local name seeds=""
    for name in ann ben dan fay gus ida kai leo mia noa ole pia; do
        lesson 0 start 01 --name $name --dir of-$name
        lesson 0 explain 01 --give-up --dir of-$name
        sed -n '/^A work.json that passes/,/^Next/{/^A work/d;/^Next/d;p}' stdout >of-$name/01-read-the-gate/work.json
        lesson 0 check 01 --dir of-$name
        seeds="$seeds $(sed -n 's/^Yours is morning \([0-9]\).*/\1/p' of-$name/01-read-the-gate/README.md)"
    done
    (($(tr ' ' '\n' <<<"$seeds" | sort -u | grep -c .) >= 5)) || fail "too few mornings: $seeds"
}

case_predictions() {
    lesson 0 start 06
    lesson 1 check
    fits
    says stdout "First say what you expect"
    says stdout "? landed:"
    says_not stdout "distance"
    lesson 1 run
    says stderr "first say what you expect"
    printf '{"answers": {"landed": 400, "waste": "10%%"}}\n' >$desk/06-the-reset/work.json
    lesson 1 check
    fits
    says stdout "You predicted: landed = 400 changes/day, waste = 10 %."
    printf '{"answers": {"landed": 180, "waste": "55%%"}}\n' >$desk/06-the-reset/work.json
    lesson 1 check
    says stdout "You predicted: landed = 400 changes/day, waste = 10 %."
    says $desk/.bootcamp-state.txt "predicted 06-the-reset landed 400 changes/day"
}

case_hints() {
    lesson 0 start 00
    lesson 0 hint
    says stdout "Hint 1 of 4"
    lesson 0 hint
    says stdout "Hint 2 of 4"
    lesson 0 hint --rung 4
    says stdout "Hint 4 of 4"
    says stdout "explain --give-up"
    lesson 0 hint
    says stdout "Hint 4 of 4"
    lesson 2 hint --rung 5
    says $desk/.bootcamp-state.txt "hints=4"
}

case_give_up() {
    lesson 0 start 00
    lesson 1 explain
    says stderr "the explanation comes with the pass"
    lesson 0 explain --give-up
    says stdout "Why it works"
    says stdout '"/pools/machines/nodes": 4'
    says $desk/.bootcamp-state.txt "is=gave-up"
    four
    lesson 0 check
    says $desk/.bootcamp-state.txt "is=gave-up"
    lesson 0 list
    says stdout "solution seen"
}

case_goto_and_next() {
    lesson 0 goto 04
    lesson 0 list
    says stdout "> 04-one-at-a-time"
    lesson 2 goto 77
    says stderr 'there is no lesson "77"'
    lesson 2 goto the
    says stderr 'may be'
    lesson 2 goto
    cd $desk/04-one-at-a-time || exit 1
    lesson 1 check # where we are is the lesson that is meant
    says stdout "One at a time"
}

case_progress() {
    lesson 0 progress
    says stdout "for the class board:"
    lesson 0 start 00 --name "Bo Ø"
    four
    lesson 0 check
    lesson 0 progress --json
    python3 - stdout <<'END' || fail "progress --json is not as it should be"
import json, sys
document = json.load(open(sys.argv[1], encoding="utf-8"))
assert document["learner"] == "Bo Ø" and document["track"] == "bootcamp", document
first = document["lessons"][0]
assert first["lesson"] == "00-warm-up" and first["state"] == "passed" and first["attempts"] == 1, first
assert first["seconds"] is not None and first["seconds"] >= 0
END
    lesson 0 progress --code
    grep -qE '^[0-9A-Z+%@=-]{6,40}$' stdout || fail "what a code"
    python3 -c 'import json; d = json.load(open("'$desk'/00-warm-up/results.json", encoding="utf-8"))
assert d["version"] == 1 and d["status"] == "pass" and d["tests"][0]["name"] == "lands", d' || fail "results.json"
}

case_timings() {
    lesson 0 start 00
    four
    lesson 0 check
    lesson 0 timings
    fits
    says stdout "planned"
    says stdout "0 min"
}

case_run() {
    lesson 0 start 00
    four
    lesson 0 run
    says stdout "landed"
    says $desk/00-warm-up/mine.json '"nodes": 4'
    [[ -s $desk/00-warm-up/out/changes.csv ]] || fail "no tables"
    "$program" run $desk/00-warm-up/mine.json --out again >stdout 2>stderr || fail "mine.json does not run by itself"
    lesson 0 run --set /pools/machines/nodes=1 --json
    says stdout '"scenario": "mine"'
}

# The page of a run: the learner's gate and, on the same luck, another; the solution's only when that may be seen.
case_page() {
    local folder=$desk/07-how-far-ahead
    local page=$folder/report.html
    lesson 0 start 07
    lesson 0 run
    says stderr "Page     $page"
    says $page "How does your gate do?" # what was handed out would be the same
    printf '{"set": {"/strategy/window": 40}}\n' >$folder/work.json
    lesson 0 run --quiet
    says_nothing stderr
    says $page "beside the gate as handed out, on the same luck?"
    says_not $page "Goal and yours" # nothing was checked yet
    says_not $page "the solution"
    lesson 0 run --set /failures/defect=5% --quiet
    says $page "beside the gate of work.json, on the same luck?"
    printf '{"set": {"/strategy/window": 23}}\n' >$folder/work.json
    lesson 0 check
    printf '{"set": {"/strategy/window": 30}}\n' >$folder/work.json
    lesson 0 explain
    says stdout "Why it works"
    says stderr "Page     $page"
    says $page "beside the solution, on the same luck?"
    says $page "Goal and yours"
    says $page '<td style="white-space:nowrap">≤ 5 h</td>'
    says_not $page "gatesim-lesson-" # a folder that is gone
    # What is the learner's stays.
    echo mine >$page
    lesson 4 run
    says $page mine
    says stderr "is no page or picture of gatesim"
    # A lesson names what is to stand beside; one with a program runs that of the solution.
    printf '{"answers": {"landed": 300, "waste": "30%%"}}\n' >file
    lesson 0 start 06
    cp file $desk/06-the-reset/work.json
    lesson 0 run
    says $desk/06-the-reset/report.html "beside a gate without bad changes"
    lesson 0 start 11
    lesson 0 explain --give-up
    says $desk/11-batches-and-bisect/report.html "beside the solution"
}

case_copies() {
    lesson 0 start 00
    chmod u+w $desk/00-warm-up/scenario.json
    sed -i 's/"nodes": 0/"nodes": 9/' $desk/00-warm-up/scenario.json
    lesson 1 check
    says stdout "It is a copy to look at"
}

case_usage() {
    lesson 2 chekc
    says stderr "did you mean check?"
    lesson 2 check 00 01
    lesson 0 --help
    fits
    lesson 2 watch
    says stderr "watch needs a terminal"
}

"case_${3:?a case}"
