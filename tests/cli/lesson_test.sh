#!/usr/bin/env bash
# lesson_test.sh TREE PROGRAM CASE: a learner at an 80x24 terminal without colours; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
here=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")
temporary=$(mktemp -d)
trap 'chmod -R u+w "$temporary"; rm -rf "$temporary"' EXIT
export GATESIM_CALLED_AS=gatesim COLUMNS=80 LINES=24 NO_COLOR=1 USER=ana
unset CLICOLOR_FORCE
cd "$temporary" || exit 1
mkdir course
cp -r "$tree/lessons" course/lessons
cd course || exit 1
desk=gatesim-lessons
mine=$desk/00-warm-up/work.json

fail() {
    printf 'FAILED: %s\n--- stdout\n' "$1"
    cat stdout
    printf -- '--- stderr\n'
    cat stderr
    exit 1
} 2>/dev/null

# lesson EXPECTED-EXIT-CODE ARGUMENT...: what it printed is then in the files stdout and stderr.
lesson() {
    local expected=$1 code
    shift
    "$program" lesson "$@" >stdout 2>stderr </dev/null
    code=$?
    ((code == expected)) || fail "exit code $code instead of $expected: gatesim lesson $*"
    grep -q $'\x1b' stdout stderr && fail "it uses colours or moves the cursor: gatesim lesson $*"
    return 0
}

says() { grep -qF -- "$2" "$1" || fail "$1 lacks: $2"; }
says_not() { grep -qF -- "$2" "$1" && fail "$1 has: $2"; return 0; }
# No line of a page is wider than the screen (characters, not bytes).
fits() {
    local wide
    wide=$(LC_ALL=C.UTF-8 grep -E '^.{81,}' stdout)
    [[ -z $wide ]] || fail "wider than 80 columns: $wide"
}
four() { printf '{"set": {"/pools/machines/nodes": 4}}\n' >$mine; }

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

# At every step, with every kind of broken file: a message that says where, and no dead end.
case_broken_work() {
    lesson 0 start 00
    local broken
    for broken in '' '{' '{"set": {"/pools/machines/nodes": 4,}}' '[]' '{"sett": {}}' '{"set": {"/pools/machines/nodes": "many"}}' $'\x00\xff'; do
        printf '%s' "$broken" >$mine
        lesson 2 check
        fits
        [[ ! -s stdout ]] || fail "an error stands among verdicts"
        says stderr "work.json:1:"
        says stderr "Mend that, save, and check again"
        lesson 2 run
        says stderr "work.json:1:"
        lesson 0 hint
        lesson 1 explain
        lesson 0 list
        lesson 0 progress
        lesson 0 start 00
    done
    rm $mine
    lesson 1 check # it is laid out again
    mkdir -p "$desk/00-warm-up" && rm -f $mine && mkdir $mine
    lesson 4 check
    rmdir $mine
    lesson 0 reset 00
    lesson 1 check
    four
    lesson 0 check
}

case_broken_progress() {
    lesson 0 start 00
    echo "no progress file at all" >$desk/.bootcamp-state.txt
    four
    lesson 0 check
    says stderr "line 1 of $desk/.bootcamp-state.txt cannot be understood"
    says stderr "kept as $desk/.bootcamp-state.txt.unreadable-1"
    says $desk/.bootcamp-state.txt.unreadable-1 "no progress file at all"
    says $desk/.bootcamp-state.txt "lesson 00-warm-up is=passed"
    lesson 0 list
    says stdout "✓ passed"
}

# A bad line loses itself and nothing else; what was there is kept, each damage under a number of its own.
case_damaged_progress() {
    local state=$desk/.bootcamp-state.txt
    lesson 0 start 00
    four
    lesson 0 check
    lesson 0 start 01
    echo "<<<<<<< a merge gone wrong" >>$state
    cp $state first
    lesson 0 list
    says stderr "cannot be understood"
    says stdout "✓ passed"
    says stdout "> 01-read-the-gate"
    cmp -s first $state.unreadable-1 || fail "the first damage is not kept"
    lesson 0 list # looking twice keeps it once
    [[ ! -e $state.unreadable-2 ]] || fail "kept twice"
    lesson 0 start 02
    lesson 0 list
    [[ ! -s stderr ]] || fail "the file is not whole again"
    says stdout "✓ passed"
    printf 'lesson 01-read-the-gate is=\xff\n' >>$state
    cp $state second
    lesson 0 list
    lesson 0 start 03
    cmp -s first $state.unreadable-1 || fail "the first damage was overwritten"
    cmp -s second $state.unreadable-2 || fail "the second damage is not kept"
    says $state "lesson 00-warm-up is=passed"
    says $state "lesson 01-read-the-gate is=started"
    [[ $(wc -l <$state) -lt 12 ]] || fail "it grows"
}

# Checks at once, and a hint while they run: nobody's pass, hint or attempt is lost.
case_two_at_once() {
    local k n state=$desk/.bootcamp-state.txt
    for k in 1 2 3; do
        rm -rf $desk
        for n in 00 05 06 10; do
            lesson 0 start $n
            cp lessons/$n*/solution/work.json $desk/$n*/
        done
        for n in 00 05 06 10; do "$program" lesson check $n >out.$n 2>&1 </dev/null & done
        for n in 1 2 3 4; do "$program" lesson hint 07 --rung $n >/dev/null 2>&1 </dev/null & done
        wait
        (($(grep -c 'is=passed attempts=1' $state) == 4)) || fail "a pass is lost: $(cat $state)"
        grep -q '^lesson 07.* hints=4' $state || fail "a hint is lost: $(cat $state)"
    done
}

# Who learns here: a name that a whole class may share is nobody's.
case_names() {
    local user
    for user in root ubuntu learner student07 Guest ""; do
        USER=$user lesson 2 start 00
        says stderr "lesson start --name"
        [[ ! -e $desk ]] || fail "$user: something was laid out"
    done
    env -u USER "$program" lesson check 00 >stdout 2>stderr </dev/null && fail "nobody may check"
    USER=root lesson 0 list
    USER=root lesson 0 start 00 --name bo
    USER=root lesson 1 check
    USER=root lesson 0 progress
    says stdout "bo: "
    lesson 2 start 00 --name $'\xff'
    says stderr "UTF-8"
    lesson 2 start 00 --name '  '
    rm -rf $desk
    USER=$'\xff' lesson 2 start 00
    lesson 0 start 00 --name "$(printf 'ø%.0s' {1..40})" # cut between characters
    lesson 0 progress --json
    python3 -c 'import json; assert json.load(open("stdout", encoding="utf-8"))["learner"] == "ø" * 30' || fail "the name"
    printf 'gatesim lessons, format 1\ntrack bootcamp\nlearner \xff\nlesson 00-warm-up is=passed attempts=1 hints=0 revision=1 begun=1 done=2\n' >$desk/.bootcamp-state.txt
    lesson 0 progress --json
    says stderr "line 3"
    says stdout '"passed"'
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

case_refused() {
    lesson 0 start 00
    printf '{"set": {"/load/arrivals/rate": "1/day"}}\n' >$mine
    lesson 2 check
    fits
    says stderr "/load/arrivals/rate: this is not"
    says stderr "/pools/machines/nodes"
    printf '{"set": {"/pools/machines/nodes": 500}}\n' >$mine
    lesson 2 check
    says stderr "/pools/machines/nodes: 500 is out of"
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

case_reset() {
    lesson 0 start 00
    four
    lesson 0 check
    lesson 0 reset 00
    says $mine.before '"/pools/machines/nodes": 4'
    lesson 1 check
    four
    lesson 0 check
    lesson 0 reset --all
    lesson 0 list
    says stdout "0 of "
    lesson 1 check 00
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

case_private_track() {
    mkdir -p ours
    cp -r lessons/00-warm-up ours/01-our-own
    printf '{"format": 1, "name": "ours", "title": "Ours", "welcome": "Hello.", "closing": "Bye.", "lessons": [{"lesson": "01-our-own"}]}' >ours/track.json
    lesson 0 list --track ours --dir there
    says stdout "01-our-own"
    lesson 0 start --track ours --dir there
    says stdout "Hello."
    lesson 1 check --dir there # it remembers its track
    printf '{"set": {"/pools/machines/nodes": 4}}' >there/01-our-own/work.json
    lesson 0 check --dir there
    says stdout "Bye."
    lesson 0 verify --track ours 01 --write
    lesson 0 verify --track ours
    rm -r ours
    lesson 0 list --dir there # the usual one, then
    says stdout "00-warm-up"
}

case_another_folder() {
    mv lessons ../kept
    ln -s ../kept lessons
    lesson 0 start 00 --dir deep/er
    printf '{"set": {"/pools/machines/nodes": 4}}' >deep/er/00-warm-up/work.json
    lesson 0 check --dir deep/er
    cp -r deep/er moved # progress is a plain file: a copied folder goes on
    lesson 0 list --dir moved
    says stdout "✓ passed"
    rm lessons
    mkdir alone && cp "$program" alone/ && program=$PWD/alone/$(basename "$program") # no lessons above it, either
    lesson 4 list
    says stderr "--track DIR names one"
    touch blocked
    ln -s ../kept lessons
    lesson 4 start --dir blocked/x
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

case_copies() {
    lesson 0 start 00
    chmod u+w $desk/00-warm-up/scenario.json
    sed -i 's/"nodes": 0/"nodes": 9/' $desk/00-warm-up/scenario.json
    lesson 1 check
    says stdout "It is a copy to look at"
}

case_pages() {
    lesson 0 projector 00 --out wall.html
    lesson 0 sheet --out sheet.html
    local page
    for page in wall.html sheet.html; do
        says $page "<!DOCTYPE html>"
        says_not $page "{{"
        says_not $page "http"
        says_not $page "/pools/machines/nodes\` to 4" # a hint
        says_not $page "does not fail, it waits"      # the explanation
    done
    says sheet.html "Before you run it: what do you expect?"
    says sheet.html "Yours is morning ________" # not somebody's own
    lesson 0 sheet 01 --name ana --out ana.html
    grep -qE "Yours is morning [1-8]\." ana.html || fail "the morning of a name is not filled in"
    says ana.html "Name: <span>ana</span>"
    lesson 4 sheet --out no/such/folder.html
}

# Every text of every lesson, for teachers: all figures stand in it.
case_teacher() {
    local name lessons=0
    for name in lessons/[0-9]*; do
        lesson 0 teacher "${name#lessons/}"
        fits
        says_not stdout "{{"
        says stdout "The four hints"
        says stdout "Why it works"
        lessons=$((lessons + 1))
    done
    lesson 0 teacher 05
    says stdout "A window of eight lands $(sed -n '/"eight"/,/}/s/.*"number": "\(.*\)".*/\1/p' lessons/05*/expected/golden.json)"
    says stdout "gatesim sweep lessons/05-bet-on-the-future" # as one types it
    lesson 0 teacher --out teacher.html
    says_not teacher.html "{{"
    says_not teacher.html "http"
    (($(grep -c "<section>" teacher.html) == lessons)) || fail "a lesson is not on the page"
    sed -i 's/"eight"/"seven"/' lessons/05*/expected/golden.json
    lesson 1 teacher 05
    says stderr "lesson verify --write 05-bet-on-the-future"
    lesson 4 teacher --out no/such/folder.html
    [[ ! -e $desk ]] || fail "looking made a folder"
}

case_verify() {
    lesson 0 verify 00
    says stdout "✓ the starter fails"
    says stdout "✓ 3 wrong answers fail on each judging luck"
    lesson 0 verify 00 --json
    says stdout '"fine": true'
    lesson 0 verify 00 --quiet
    [[ ! -s stdout ]] || fail "quiet is not quiet"
    lesson 2 verify 00 --into x
}

case_verify_red() {
    cp lessons/00-warm-up/solution/work.json lessons/00-warm-up/work.json
    lesson 1 verify 00
    says stdout "✗ the starter fails"
    says stdout "as it is handed out passes"
    lesson 1 verify 00 --quiet
    says stdout "as it is handed out passes"
    sed -i 's/"title"/"tilte"/' lessons/00-warm-up/lesson.json
    lesson 1 verify 00
    says stdout 'did you mean "title"?'
    mkdir lessons/13-left-over && cp lessons/00-warm-up/lesson.json lessons/13-left-over
    printf '{"format": 1, "name": "x", "title": "x", "welcome": "", "closing": "", "lessons": [{"lesson": "00-warm-up"}]}' >lessons/track.json
    lesson 1 verify
    says stdout "13-left-over is in no track.json"
}

case_verify_org() {
    printf '{"load": {"arrivals": {"rate": "3/h"}}, "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "30m", "sigma": 0.3}}}}' >org.json
    lesson 0 verify 00 --org org.json --into ours
    says ours/00-warm-up/scenario.json '"rate": "3/h"'
    cmp -s ours/00-warm-up/expected/golden.json lessons/00-warm-up/expected/golden.json && fail "the figures are the old ones"
    printf '{"format": 1, "name": "x", "title": "x", "welcome": "", "closing": "", "lessons": [{"lesson": "00-warm-up"}]}' >ours/track.json
    lesson 0 verify --track ours
    # What a lesson cannot bear, it keeps as it is; the place is the one in org.json.
    printf '{"jobs": {"unit": {"timeout": "1m"}},\n "strategy": {"window": "no number"},\n "pools": {"machines": {"nodes": 7}, "others": {"nodes": 1}},\n "failures": {"defect": "50%%"},\n "load": {"changes": {"a": {"enqueue_at": "0m"}}}}' >org.json
    lesson 1 verify 00 --org org.json
    says stdout "00-warm-up                  -             1 2 3 4 5 6"
    says stdout "org.json:1:20: /jobs/unit/timeout: too hard: the solution does not pass ("
    says stdout "org.json:3:25: /pools/machines/nodes: learners turn it themselves [00]"
    says stdout "org.json:3:49: /pools/others/nodes: it has no others in /pools [00]"
    says stdout "org.json:4:15: /failures/defect: its story has no defect [00]"
    says stdout "exclude each other"
    says stdout "✗ org.json:1:20: /jobs/unit/timeout = \"1m\": no lesson works with it"
    says_not stdout "lessons/00-warm-up/"
    # A distribution takes the place of what was there: it is one thing.
    printf '{"jobs": {"unit": {"duration": {"dist": "lognormal", "mean": "20m", "cv": 0.3}}}}' >org.json
    lesson 0 verify 00 --org org.json
    says stdout "00-warm-up                  1             -             ok"
    says stdout "✓ 00-warm-up"
    lesson 0 verify 00 --org org.json --json
    says stdout '"/jobs/unit/duration"'
    printf '{}' >org.json
    lesson 2 verify 00 --org org.json
    says stderr "there is no value in it"
    printf '{"failures": {"defect": "9%%"}}' >org.json # other predictions are right then, and the solution has them
    lesson 0 verify 06 --org org.json --into theirs
    grep -qE '"waste": "52\.[0-9]+%"' theirs/06-the-reset/solution/work.json || fail "the reference answers are the old ones"
    says theirs/06-the-reset/solution/work.json '"restart": "behind"'
    printf '{"jobs": ' >org.json
    lesson 2 verify 00 --org org.json
    says stderr "org.json:1:"
    lesson 2 verify 00 --org nowhere.json
}

board() {
    local expected=$1 code
    shift
    "$tree/tools/class-board" --track lessons "$@" >stdout 2>stderr
    code=$?
    ((code == expected)) || fail "exit code $code instead of $expected: class-board $*"
}

case_class_board() {
    local code
    lesson 0 start 00
    four
    lesson 0 check
    mkdir -p class/bo
    cp $desk/.bootcamp-state.txt class/ana.txt
    lesson 0 reset --all
    lesson 0 hint 00
    lesson 0 start 00 --name "Bo <b>"
    cp $desk/.bootcamp-state.txt class/bo/
    four
    lesson 0 check
    code=$("$program" lesson progress --code)
    board 0 class --out board.html
    says board.html "ana"
    says board.html "Bo &lt;b&gt;"
    says board.html "passed, of 2"
    says_not board.html "http"
    says board.html "00 Warm-up" # the lesson's title
    says_not board.html "with hints"
    says board.html '<th scope="row">took a hint</th><td data-lesson="00">1</td>'
    says board.html "prefers-color-scheme:dark"
    board 0 "cem=$code" class --out -
    says stdout "<bdi>cem</bdi>"
    printf 'dana %s\n' "$code" | "$tree/tools/class-board" --track lessons --out - - >stdout 2>stderr || fail "typed codes"
    says stdout "dana"
}

# progress MINUTES-AGO NAME: a file of somebody who began the second lesson so long ago, and passed the first one before.
progress() {
    local now
    now=$(date +%s)
    printf 'gatesim lessons, format 1\ntrack bootcamp\nlearner %s\ncurrent 01-read-the-gate\n' "$2"
    printf 'lesson 00-warm-up is=passed attempts=1 hints=0 revision=1 begun=%s done=%s\n' $((now - 9000)) $((now - 60 * $1 - 5))
    printf 'lesson 01-read-the-gate is=started attempts=3 hints=2 revision=1 begun=%s done=0\n' $((now - 60 * $1 - 5))
}

case_class_board_stuck() {
    mkdir -p class/front class/back
    progress 12 ana >class/front/.bootcamp-state.txt
    progress 4 ana >class/back/.bootcamp-state.txt
    progress 40 bo >class/bo.txt
    board 0 class class/bo.txt --out board.html # a file that is named twice is one learner
    says stdout "3 learners"
    says board.html "<li><bdi>ana (front)</bdi>: 01 Read the gate, 12 min, 3 attempts</li>"
    says_not board.html "<li><bdi>ana (back)</bdi>"
    says board.html "<bdi>ana (back)</bdi></th>"
    python3 - board.html <<'END' || fail "the longest is not first"
import sys
text = open(sys.argv[1], encoding="utf-8").read()
assert text.index("<li><bdi>bo</bdi>: 01 Read the gate, 40 min") < text.index("<li><bdi>ana (front)"), text
END
    board 0 class --stuck 50 --out -
    says stdout "Nobody has been in one lesson for 50 min or longer."
    board 2 class --stuck soon
    # The same from a code, which has the time in steps of two minutes; codes of before have none, and that is said.
    mkdir $desk
    progress 13 cem >$desk/.bootcamp-state.txt
    local code
    code=$("$program" lesson progress --code)
    board 0 "cem=$code" "eva=8G00-0000-2" --out -
    says stdout "<li><bdi>cem</bdi>: 01 Read the gate, 12 min</li>"
    says stdout "Some codes carry no times"
    says stdout "<bdi>eva</bdi>"
}

# A board that stands is never lost, and what cannot be read is one sentence.
case_class_board_odd() {
    progress 4 ana >ana.txt
    board 0 ana.txt --out board.html
    cp board.html before.html
    local odd code
    one_line() {
        [[ $(wc -l <stderr) == 1 ]] || fail "not one line: $1"
        says_not stderr "Traceback"
        cmp -s board.html before.html || fail "the board is not what it was: $1"
    }
    for odd in '"lesson": {}' '"lesson": 5e-324' '"lesson": "../up"' '"no": 1'; do
        mkdir -p odd && printf '{"lessons": [{%s}]}' "$odd" >odd/track.json
        board 2 ana.txt --track odd --out board.html
        one_line "$odd"
    done
    for odd in '{"lessons": []}' '{"lessons": {}}' '[]' '' '{"lessons": [{"lesson": "00-a"}, {"lesson": "00-a"}]}'; do
        printf '%s' "$odd" >odd/track.json
        board 2 ana.txt --track odd --out board.html
        one_line "$odd"
    done
    python3 -c 'print("[" * 200000)' >odd/track.json
    board 2 ana.txt --track odd --out board.html
    one_line "deep nesting"
    mkfifo pipe
    for odd in pipe /dev/zero odd/none; do
        [[ $odd == odd/none ]] && code=4 || code=2
        board $code $odd --out board.html
        one_line "$odd"
    done
    "$tree/tools/class-board" --track lessons --out board.html - </dev/zero >stdout 2>stderr
    (($? == 2)) || fail "endless codes"
    one_line "endless codes"
    board 4 ana.txt --out no/such/folder.html
    board 4 ana.txt --out odd
    [[ ! -e /dev/full ]] || board 4 ana.txt --out /dev/full
    # Half a file tells what it can.
    printf 'lesson 02-honest-numbers is=dreaming\n\xff\xfe\n' >>ana.txt
    board 0 ana.txt --out board.html
    says stderr "ana.txt: 2 of its lines cannot be understood"
    # A name in an older encoding, on a machine that knows no UTF-8.
    progress 4 $'Jos\xe9' >jose.txt
    LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 "$tree/tools/class-board" --track lessons --out - jose.txt >stdout 2>stderr || fail "an old locale"
    says stdout "<bdi>José</bdi>"
    LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 "$tree/tools/class-board" --track lessons --out board.html $'\xe9.txt' >stdout 2>stderr
    (($? == 4)) || fail "a name that cannot be printed"
    says_not stderr "Traceback"
    [[ -z $(find . -name '.class-board-*') ]] || fail "something half-written is left"
}

case_class_board_trouble() {
    board 2
    board 2 "ana=0000"
    board 2 --nonsense
    mkdir none
    board 2 none
    echo "x" >x.txt
    board 2 x.txt
    lesson 0 start 00
    local code
    code=$("$program" lesson progress --code)
    [[ $code == 4* ]] || fail "the first lesson is begun: 001"
    board 2 "ana=8${code:1}"
    says stderr "slip"
    board 4 gone.txt
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

# A program that does not run: what it says is on the screen, once, and the screen stays one.
case_broken_program() {
    lesson 0 start 11
    local folder=$desk/11-batches-and-bisect
    sed -i 's/    return 2$/    return 2 +/' "$folder/policy.py"
    lesson 3 check
    says stderr "It could not be run"
    says stderr "Your program said:"
    says stderr "SyntaxError"
    (($(grep -c SyntaxError stderr) == 1)) || fail "it is said more than once"
    (($(wc -l <stderr) <= 24)) || fail "longer than the screen"
    [[ ! -s stdout ]] || fail "an error stands among verdicts"
    printf '#!/bin/sh\necho nonsense\ncat >/dev/null\n' >"$folder/policy.py"
    lesson 3 check
    fits
    says stderr "makes no sense"
    chmod -x "$folder/policy.py"
    lesson 4 check
    fits
    says stderr "may not be executed"
    rm "$folder/policy.py"
    lesson 4 check
    says stderr "there is no"
    lesson 0 reset
    says stdout "as it was handed out"
}

# On a terminal of its own: red, save, green, next.
case_watch() {
    lesson 0 start 00
    python3 "$here/lesson_watch.py" "$program" $mine >stdout 2>stderr
    case $? in
        0) ;;
        77) cat stdout && exit 77 ;;
        *) fail "watch" ;;
    esac
}

# shown WHAT ARGUMENT...: runs a verb, and its screen becomes part of the day's transcript. The exit code is in $code.
shown() {
    local what=$1
    shift
    "$program" lesson "$@" >stdout 2>stderr </dev/null
    code=$?
    fits
    says_not stdout "{{"
    grep -q $'\x1b' stdout stderr && fail "it uses colours or moves the cursor: gatesim lesson $*"
    { printf '\n%s$ gatesim lesson %s\n' "$what" "$*"; cat stdout stderr; } >>day
}

# A broken work file at this step: every verb says something of use, and none loses the way.
broken_here() {
    local kept=$folder/kept.json
    cp "$folder/work.json" "$kept"
    printf '{"set": ' >"$folder/work.json"
    lesson 2 check
    fits
    says stderr "work.json:1:"
    says stderr "Mend that, save, and check again"
    lesson 2 run
    lesson 0 list
    says stdout "> $name"
    lesson 0 start "$name"
    cp "$kept" "$folder/work.json"
    rm "$kept"
}

# The whole track: start, wrong answer, hint, right answer, explanation, next, with a broken file at every step. The name is
# one whose practice seed is 1, for which questions have their reference answers. What the learner saw is compared with
# lesson_day.txt; with GATESIM_WRITE=1 it is written.
case_walk() {
    local name file folder next wrong code
    lesson 0 list
    next=00-warm-up
    while [[ -n $next ]]; do
        name=$next
        folder=$desk/$name
        shown "" start "$name" --name dana
        ((code == 0)) || fail "$name does not start"
        broken_here
        shown "" check
        ((code == 1)) || fail "$name: the starter does not fail"
        wrong=
        for file in lessons/"$name"/wrong/*.json; do
            grep -q '"refused"' "$file" || { wrong=$file; break; }
        done
        sed 's/"must_say": *"[^"]*",*//' "$wrong" >"$folder/work.json"
        cp -f lessons/"$name"/wrong/*.py "$folder" 2>/dev/null
        shown "(a wrong answer) " check
        ((code == 1)) || fail "$name: a wrong answer does not fail: $wrong"
        broken_here
        shown "" hint
        ((code == 0)) || fail "$name: no hint"
        says stdout "Hint 1 of 4"
        broken_here
        lesson 1 explain
        for file in lessons/"$name"/solution/*; do
            [[ $file == *.md ]] || cp -f "$file" "$folder"
        done
        shown "(the right answer) " check
        ((code == 0)) || fail "$name: the solution does not pass"
        says stdout "✓ Passed."
        says stdout "Why it works"
        next=$(sed -n 's/^Next: gatesim lesson start //p' stdout)
        [[ $next > $name || -z $next ]] || fail "$name: next is $next"
        [[ -n $next ]] || says stdout "That was the last one"
        broken_here
        lesson 0 explain
        fits
        says stdout "Why it works"
    done
    lesson 0 list
    says_not stdout "✗ begun"
    shown "" list
    if [[ ${GATESIM_WRITE:-} == 1 ]]; then cp day "$here/lesson_day.txt"; fi
    diff "$here/lesson_day.txt" day >difference || fail "the day looks otherwise (GATESIM_WRITE=1 writes it): $(head -40 difference)"
}

# The whole day for three learners, each with a morning and a judging luck of their own. (case_walk looks at every screen.)
case_three_names() {
    local name lesson folder seed
    for name in ann gus noa; do
        for lesson in lessons/[0-9]*; do
            lesson=${lesson#lessons/}
            folder=of-$name/$lesson
            lesson 0 start "$lesson" --dir of-$name --name $name
            cp lessons/"$lesson"/solution/* "$folder"
            seed=$(sed -n 's/^Yours is morning \([0-9]\).*/\1/p' "$folder/README.md")
            if [[ -n $seed ]]; then
                python3 - "$lesson" "$folder" "$seed" <<'END'
import json, sys
lesson, folder, seed = sys.argv[1:]
with open(f"lessons/{lesson}/expected/golden.json", encoding="utf-8") as file:
    right = {question: values[0] for question, values in json.load(file)["practice"][seed].items()}
with open(f"{folder}/work.json", encoding="utf-8") as file:
    work = json.loads("".join(line for line in file if not line.startswith("//")))
work["answers"].update(right)
for number in ("builds", "narrowest"):
    work["answers"][number] = int(right[number])
with open(f"{folder}/work.json", "w", encoding="utf-8") as file:
    json.dump(work, file)
END
            fi
            "$program" lesson check "$lesson" --dir of-$name >stdout 2>stderr </dev/null # some goals count from the second on
            lesson 0 check "$lesson" --dir of-$name
            says stdout "✓ $lesson is passed"
        done
        lesson 0 list --dir of-$name
        says stdout "12 of 12 passed"
    done
}

"case_${3:?a case}"
