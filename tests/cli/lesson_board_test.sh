#!/usr/bin/env bash
# lesson_board_test.sh TREE PROGRAM CASE: tools/class-board, a class on one page; one case, in a folder of its own.
source "$(dirname "${BASH_SOURCE[0]}")/lesson_support.sh"

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
# The picture of the lesson in which the class is, if it gives nothing away.
case_class_board_pictures() {
    progress 4 ana >ana.txt
    lesson 0 picture --out drawn
    board 0 ana.txt --pictures drawn --out board.html
    says board.html '<img src="data:image/svg+xml;base64,'
    says board.html 'alt="A morning that is nobody'
    says_not board.html "http"
    board 0 ana.txt --out board.html
    says_not board.html "<img"
    sed -i 's/, "shown": true//' lessons/01-read-the-gate/lesson.json
    board 0 ana.txt --pictures drawn --out board.html
    says_not board.html "<img"
    board 4 ana.txt --pictures nowhere --out board.html
    says stderr "there is no such folder"
}

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

"case_${3:?a case}"
