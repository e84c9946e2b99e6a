#!/usr/bin/env bash
# lesson_teacher_test.sh TREE PROGRAM CASE: what teachers and authors use; one case, in a folder of its own.
source "$(dirname "${BASH_SOURCE[0]}")/lesson_support.sh"

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

# What is drawn on the board: on the wall and on sheets only what gives nothing away.
case_pictures() {
    lesson 0 picture 06
    says stdout "lesson-pictures/06-chain.svg"
    lesson 0 picture --out drawn
    (($(find drawn -name '*.svg' | wc -l) >= 8)) || fail "there are few pictures"
    says drawn/06-chain.svg "prefers-color-scheme:dark"
    echo mine >drawn/06-chain.svg
    lesson 4 picture 06 --out drawn
    says drawn/06-chain.svg mine
    lesson 2 picture 00
    says stderr "has no picture"
    lesson 0 projector 06 --out wall.html
    lesson 0 sheet 06 --out sheet.html
    lesson 0 teacher 06 --out teacher.html
    local page
    for page in wall.html sheet.html teacher.html; do
        says $page "If no change were bad"
        says $page 'role="img"'
    done
    says teacher.html "all behind it, none ahead of it"
    says_not wall.html "all behind it, none ahead of it"
    says_not sheet.html "all behind it, none ahead of it"
    lesson 0 teacher 06
    fits
    says stdout "gatesim lesson picture 06"
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

# What a teacher changed in a course that verify --into made is theirs.
case_verify_into() {
    local file
    printf '{"load": {"arrivals": {"rate": "3/h"}}}' >org.json
    lesson 0 verify 00 --org org.json --into ours
    [[ ! -s stderr ]] || fail "a new folder, and something is kept"
    cp -r ours before
    lesson 0 verify 00 --org org.json --into ours
    diff -r ours before >difference || fail "the same again is not the same: $(cat difference)"
    [[ ! -s stderr ]] || fail "what gatesim wrote itself is kept"
    printf 'My own words.\n' >ours/00-warm-up/README.md
    printf '{"mine": 1}\n' >ours/00-warm-up/scenario.json
    sed -i 's/A day at the gate/Our day/' ours/track.json
    printf 'notes of mine\n' >ours/00-warm-up/notes.txt
    rm ours/00-warm-up/instructor.md
    printf '{"load": {"arrivals": {"rate": "4/h"}}}' >org.json
    lesson 0 verify 00 --org org.json --into ours
    for file in 00-warm-up/README.md 00-warm-up/scenario.json track.json; do
        says stderr "ours/$file: is not as gatesim wrote it, so it stays as it is"
    done
    (($(wc -l <stderr) == 3)) || fail "more is kept than was changed"
    says ours/00-warm-up/README.md "My own words."
    says ours/00-warm-up/scenario.json '{"mine": 1}'
    says ours/track.json "Our day"
    says ours/00-warm-up/notes.txt "notes of mine"
    says ours/00-warm-up/instructor.md "For the teacher"
    cmp -s ours/00-warm-up/expected/golden.json before/00-warm-up/expected/golden.json && fail "the figures are the old ones"
    # Moved away, it comes new; a folder that 0.1.0 or anybody else marked without a list of files keeps all it has.
    mv ours/00-warm-up/README.md mine.md
    printf '{"gatesim_files": 1, "half": false, "files": {}}' >ours/.gatesim-files.json
    lesson 0 verify 00 --org org.json --into ours
    says ours/00-warm-up/README.md "it is meant to be red"
    says ours/00-warm-up/scenario.json '{"mine": 1}'
}

# The obvious organisation: each lesson says what it takes of it, and what it takes works.
case_verify_obvious_org() {
    cp "$here/obvious_org.json" org.json
    local number
    mkdir few
    cp -r lessons/00-* lessons/01-* lessons/09-* few/
    printf '{"format": 1, "name": "x", "title": "x", "welcome": "", "closing": "", "lessons": [{"lesson": "00-warm-up"}, {"lesson": "01-read-the-gate"}, {"lesson": "09-flakes-multiply"}]}' >few/track.json
    lesson 0 verify --track few --org org.json
    says stdout "09-flakes-multiply          1 2           -             ok"
    for number in 00 01 09; do
        grep -qE "^$number-[a-z0-9-]+ +(1 2|1|2|-) +(1 2|1|2|-) +[a-z]" stdout || fail "no row of $number"
        grep -qE "^✓ $number-" stdout || fail "$number is not in order"
    done
}

# A sentence that is not so with a teacher's value: the lesson keeps its own and says which sentence.
case_verify_org_untrue() {
    sed -i 's/"golden": {/"claims": {"plenty": {"says": "nothing in the gate was wrong", "so": "node_utilisation < 30%"}},\n    "golden": {/' lessons/00-warm-up/lesson.json
    sed -i 's/Nothing in the gate was wrong/And nothing in the gate was wrong/' lessons/00-warm-up/solution/why.md
    lesson 0 verify 00
    printf '{"load": {"arrivals": {"rate": "7/h"}}}' >org.json
    lesson 1 verify 00 --org org.json
    says stdout "untrue with the rest"
    says stdout "org.json:1:24: /load/arrivals/rate: untrue: claim plenty: \"nothing in the gate was wrong\" is not so"
}

case_verify_org() {
    printf '{"load": {"arrivals": {"rate": "3/h"}}, "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "30m", "sigma": 0.3}}}}' >org.json
    lesson 0 verify 00 --org org.json --into ours
    says ours/00-warm-up/scenario.json '"rate": "3/h"'
    cmp -s ours/00-warm-up/expected/golden.json lessons/00-warm-up/expected/golden.json && fail "the figures are the old ones"
    printf '{"format": 1, "name": "x", "title": "x", "welcome": "", "closing": "", "lessons": [{"lesson": "00-warm-up"}]}' >ours/track.json
    lesson 0 verify --track ours
    # What a lesson cannot bear, it keeps as it is; the place is the one in org.json.
    printf '{"jobs": {"unit": {"timeout": "1m"}},\n "strategy": {"window": "no number"},\n "pools": {"machines": {"nodes": 7}, "others": {"nodes": 1}},\n "failures": {"defect": "50%%"},\n "load": {"people": {"contributors": 9}}}' >org.json
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

"case_${3:?a case}"
