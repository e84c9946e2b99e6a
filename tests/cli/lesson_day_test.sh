#!/usr/bin/env bash
# lesson_day_test.sh TREE PROGRAM CASE: whole days, and what needs a terminal of its own; one case, in a folder of its own.
source "$(dirname "${BASH_SOURCE[0]}")/lesson_support.sh"

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

# at_a_terminal CASE: see lesson_terminal.py.
at_a_terminal() {
    python3 "$here/lesson_terminal.py" "$program" "$1" >stdout 2>stderr
    case $? in
        0) ;;
        77) cat stdout && exit 77 ;;
        *) fail "at a terminal: $1" ;;
    esac
}

# Whoever is logged in as everybody is asked for a name.
case_asks_name() {
    at_a_terminal nobody
    at_a_terminal name
}

# What a check says is longer than the screen: its verdict comes first, and nothing scrolls away unread.
case_pages_of_check() {
    unset COLUMNS LINES
    lesson 0 start 01
    right_answers 01-read-the-gate $desk/01-read-the-gate "$(sed -n 's/^Yours is morning \([0-9]\).*/\1/p' $desk/01-read-the-gate/README.md)"
    at_a_terminal pages
    at_a_terminal quit
}

# right_answers LESSON FOLDER SEED: those of the practice run of that seed.
right_answers() {
    cp lessons/"$1"/solution/work.json "$2"
    python3 - "$@" <<'END'
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
                right_answers "$lesson" "$folder" "$seed"
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
