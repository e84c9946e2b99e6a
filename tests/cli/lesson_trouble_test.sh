#!/usr/bin/env bash
# lesson_trouble_test.sh TREE PROGRAM CASE: broken files, names, folders; nothing is lost; one case, in a folder of its own.
source "$(dirname "${BASH_SOURCE[0]}")/lesson_support.sh"

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

"case_${3:?a case}"
