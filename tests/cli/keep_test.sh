#!/usr/bin/env bash
# keep_test.sh TREE PROGRAM CASE: nothing of a user's is ever lost, whatever --out names and whoever is killed; one case,
# in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios

quickstart=(scenarios/quickstart --no-progress)
pair=("${quickstart[@]}" --strategies zuul,serial --replications 3 --engine heap --jobs 2)

# What stands in a folder, with every byte; "-" for what is no file.
picture() { (cd "$1" && find . ! -name ".before" ! -name ".after" ! -path ./stdout ! -path ./stderr | sort | while read -r name; do printf '%s %s\n' "$name" "$([[ -f $name ]] && sha256sum <"$name" || echo -)"; done); }

# untouched FOLDER COMMAND...: it ends with 4 and a word about --out or the folder, and nothing in the folder is another one.
untouched() {
    local folder=$1
    picture "$folder" >"$temporary/.before"
    run 4 "${@:2}"
    picture "$folder" >"$temporary/.after"
    cmp -s "$temporary/.before" "$temporary/.after" || fail "it touched something: $(diff "$temporary/.before" "$temporary/.after")"
    [[ -z $(find . -name '*.partial*') ]] || fail "something is left aside"
}

# Every command that writes a folder, into $1, whose scenario is $2.
every_writer() {
    untouched "$1" run "$2" --out "$1"
    untouched "$1" run "$2" --out "$1" --tables none --quiet
    untouched "$1" compare "$2" --strategies zuul,serial --replications 2 --out "$1"
    untouched "$1" sweep "$2" --over /strategy/window=2,3 --replications 2 --out "$1"
    untouched "$1" compare "$2" --strategies zuul,serial --replications 2 --out "$1" --resume
}

# A scenario by hand, with a load file and files that bear names of ours.
by_hand() {
    cp -r "$tree/scenarios/github-queue-2025" mine
    chmod -R u+w mine
    mv mine/entries.csv mine/changes.csv
    sed -i 's/entries.csv/changes.csv/' mine/scenario.json
    echo 'my notes' >mine/resets.csv
    echo 'mine too' >mine/journal.jsonl
    : >mine/summary.txt
}

case_out_is_the_scenario() {
    by_hand
    every_writer mine mine
    every_writer mine/ mine/scenario.json
    every_writer ./mine/../mine mine
    ln -s mine link
    every_writer link/ mine
    untouched mine run mine --out link
    mkdir -p above && mv mine above/ && every_writer above above/mine
    cd above/mine && untouched . run . --out . && untouched . compare . --strategies zuul,serial --replications 2 --out .
}

case_foreign_folders() {
    mkdir mine
    echo 1 >mine/some.csv
    every_writer mine scenarios/quickstart
    rm mine/some.csv && mkdir mine/.hidden
    every_writer mine scenarios/quickstart
    # A name of ours does not make a file ours.
    for name in changes.csv journal.jsonl run.json summary.json .gatesim-files.json; do
        rm -rf mine && mkdir mine
        echo '{"a": "word of mine"}' >mine/$name
        every_writer mine scenarios/quickstart
    done
    echo '{"format": 1, "seed": 1}' >mine/run.json
    every_writer mine scenarios/quickstart
    echo '{"load": {"arrivals": {"rate": "3/h"}}}' >org.json
    untouched mine lesson verify 00 --track "$tree/lessons" --org org.json --into mine
    ln -s nowhere dangling
    run 4 run scenarios/quickstart --out dangling
    says stderr "is a link to nothing"
    [[ -L dangling && ! -e nowhere ]] || fail "the link was followed"
    run 4 run scenarios/quickstart --out /
    says stderr "name another folder"
    run 4 compare "${pair[@]}" --out /
    mkfifo pipe
    run 4 run scenarios/quickstart --out pipe
}

case_empty_and_absent() {
    mkdir empty
    run 0 run "${quickstart[@]}" --out empty
    run 0 run "${quickstart[@]}" --out deep/down/here
    mkdir empty2 && ln -s empty2 link
    run 0 compare "${pair[@]}" --out link
    [[ -e empty2/compare.csv && -L link ]] || fail "it is not where the link leads"
    run 0 compare "${pair[@]}" --out new/folder/
    mkdir here
    for _ in 1 2; do
        (cd here && "$program" run "$tree/scenarios/quickstart" --out . --no-progress >../stdout 2>../stderr) || fail "not into the folder where we are"
    done
    [[ -e here/run.json ]] || fail "it is not here"
}

# In a folder of ours a user keeps files of his own.
case_mine_among_yours() {
    run 0 run "${quickstart[@]}" --out d --tables none
    echo 'a note' >d/notes.txt
    mkdir d/changes && echo 'by hand' >d/changes/x
    echo 'by,hand' >d/changes.csv
    picture d >before
    run 0 run "${quickstart[@]}" --out d --tables none
    [[ $(cat d/changes.csv) == by,hand && $(cat d/notes.txt) == "a note" && $(cat d/changes/x) == "by hand" ]] || fail "a file of mine is gone"
    untouched d run "${quickstart[@]}" --out d
    says stderr "d/changes.csv: was not written by gatesim"
    rm d/changes.csv
    run 0 run "${quickstart[@]}" --out d
    # What was ours and has been worked on is the user's.
    sed -i '$d' d/changes.csv
    untouched d run "${quickstart[@]}" --out d
    cp d/changes.csv kept
    run 0 run "${quickstart[@]}" --out d --tables none
    cmp -s kept d/changes.csv || fail "the work is gone"
    [[ ! -e d/builds.csv ]] || fail "a table of the run before is left"
    rm d/changes.csv
    ln -s ../kept d/changes.csv
    untouched d run "${quickstart[@]}" --out d
    run 0 compare "${pair[@]}" --out d
    says d/notes.txt "a note"
    echo more >>d/compare.txt
    untouched d compare "${pair[@]}" --out d
    # The folder of a run is a scenario, too; it is not its own result.
    run 0 run "${quickstart[@]}" --out e
    every_writer e e
}

# A folder of version 0.1.0 has no list of what is ours.
case_version_010() {
    run 0 run "${quickstart[@]}" --out d --events
    run 0 compare "${pair[@]}" --out d
    rm d/.gatesim-files.json
    sed -i '1s/.*/{"journal":1,"version":"0.1.0","terms":"seed 1"}/' d/journal.jsonl
    run 0 run "${quickstart[@]}" --out d --tables none
    [[ ! -e d/changes.csv && ! -e d/events.jsonl ]] || fail "files of the run before are left"
    rm d/.gatesim-files.json
    run 0 compare "${pair[@]}" --out d --resume
    says stderr "is kept as journal-1.jsonl"
    grep -q '"journal":1' d/journal-1.jsonl || fail "it is not the old one"
    rm d/.gatesim-files.json
    echo 'by hand' >d/changes.csv
    untouched d run "${quickstart[@]}" --out d
    mkdir only && mv d/journal-1.jsonl only/journal.jsonl
    run 0 compare "${pair[@]}" --out only
}

case_journals_kept() {
    run 0 compare "${pair[@]}" --out d
    cp d/journal.jsonl first
    # Another scenario, another seed, other terms: kept, named, and it goes on. The same, without --resume: kept.
    run 0 compare scenarios/quickstart --strategies zuul,serial --replications 2 --set /jobs/unit/flake=1% --out d --resume
    says stderr "journal.jsonl: it is of another question"
    says stderr "is kept as journal-1.jsonl"
    run 0 compare "${pair[@]}" --out d --seed 2 --resume --quiet
    says stderr "is kept as journal-2.jsonl"
    run 0 compare "${pair[@]}" --out d
    says stderr "is kept as journal-3.jsonl"
    run 0 compare "${pair[@]}" --out d --strategies tide
    says stderr "is kept as journal-4.jsonl (--resume would go on with it)"
    cmp -s first d/journal-1.jsonl || fail "it is another one"
    # What was kept counts when it is asked for again.
    rm d/journal.jsonl
    run 0 compare "${pair[@]}" --out d --resume
    says stderr "6 finished replications are there already"
    says stdout "0 events in"
    cmp -s first d/journal.jsonl || fail "it is another one"
}

case_journals_refused() {
    local what
    run 0 compare "${pair[@]}" --out good
    for what in 'mkfifo d/journal.jsonl' 'mkdir d/journal.jsonl' 'ln -s /dev/zero d/journal.jsonl' 'ln -s ../mine d/journal.jsonl'; do
        rm -rf d && cp -r good d && rm d/journal.jsonl && echo x >mine
        eval "$what"
        ends 4 timeout 10 "$program" compare "${pair[@]}" --out d --resume
        says stderr "journal.jsonl: is not a plain file"
        ends 4 timeout 10 "$program" compare "${pair[@]}" --out d
        [[ $(cat mine) == x ]] || fail "the link was followed"
    done
}

# Damage: what does not match is told and done again.
case_journal_damage() {
    run 0 compare "${pair[@]}" --out good
    damage() {
        rm -rf d && cp -r good d
        eval "$2"
        run 0 compare "${pair[@]}" --out d --resume --quiet
        [[ -z $1 ]] || says stderr "$1"
        cmp -s good/replications.csv d/replications.csv && cmp -s good/journal.jsonl d/journal.jsonl || fail "other figures: $2"
    }
    damage '1 line is damaged' "sed -i '3s/\[7\.0/[9.0/' d/journal.jsonl"
    damage '2 lines are damaged' "sed -i '3s/\"number\"/\"numbre\"/; 5s/0/1/' d/journal.jsonl"
    damage '1 line is damaged' "truncate -s -9 d/journal.jsonl"
    damage '1 line is damaged' "printf '{\"arm_sha256\":\"x\"}\\t{}\\n' >>d/journal.jsonl"
    damage '2 lines are damaged' "sed 1d '$tree/tests/cli/journal_of_010.jsonl' >>d/journal.jsonl"
    damage 'is kept as journal-1.jsonl' "sed -i '1s/seed 1/seed 2/' d/journal.jsonl"
    damage 'is kept as journal-1.jsonl' "cp '$tree/tests/cli/journal_of_010.jsonl' d/journal.jsonl"
    damage '' "sed -i '2{h;d}; \$G' d/journal.jsonl"
    damage '' "sed -i '3p' d/journal.jsonl"
    damage '' ': >d/journal.jsonl'
    damage '' 'rm d/journal.jsonl'
}

# The programs of a strategy, and the build of gatesim, are part of the question.
case_another_program() {
    local study=(compare "${quickstart[@]}" --replications 2 --engine heap)
    cp "$tree/sim/strategy/exec/serial.py" p.py
    chmod u+wx p.py
    run 0 "${study[@]}" --out o --strategies serial,exec:./p.py
    run 0 "${study[@]}" --out o --strategies serial,exec:./p.py --resume
    says stdout "0 events in"
    cp p.py was.py
    echo '# a word more' >>p.py
    run 0 "${study[@]}" --out o --strategies serial,exec:./p.py --resume
    says stderr "2 finished replications are there already"
    # One that lands nothing is found out.
    printf '#!/usr/bin/env python3\nimport sys,json\nfor l in sys.stdin: print(json.dumps({"ready":1}) if "hello" in json.loads(l) else json.dumps({"actions":[]}),flush=True)\n' >p.py
    run 3 "${study[@]}" --out o --strategies serial,exec:./p.py --resume
    # A program behind an interpreter, and a file that it is given.
    cp was.py p.py
    run 0 "${study[@]}" --variant "a:/strategy={\"name\": \"exec\", \"program\": \"python3 p.py\"}" --out i
    echo '# a word more' >>p.py
    run 0 "${study[@]}" --variant "a:/strategy={\"name\": \"exec\", \"program\": \"python3 p.py\"}" --out i --resume
    says stderr "2 finished replications are there already"
    # Another build: its file differs.
    cp "$program" other && chmod u+w other && echo >>other
    ends 0 ./other "${study[@]}" --strategies serial,tide --out b
    run 0 "${study[@]}" --strategies serial,tide --out b --resume
    says stderr "another build of gatesim"
    says stderr "is kept as journal-1.jsonl"
}

case_hangup() {
    cat >long.json <<'END'
{"period": {"length": "300d"}, "replications": 400,
 "load": {"arrivals": {"rate": "60/day"}}, "jobs": {"unit": {"duration": "12m", "flake": "3%"}}, "failures": {"defect": "5%"}}
END
    local process code
    "$program" run long.json --engine heap --out r --no-progress --tables all >stdout 2>stderr </dev/null &
    process=$!
    for _ in {1..200}; do [[ -e $(echo r.partial-*/parts)/4 ]] && break; sleep 0.1; done
    kill -HUP $process
    wait $process
    code=$?
    ((code == 130)) || fail "exit code $code"
    [[ $(member r/summary.json partial) == ON ]] || fail "it is not marked partial"
    (($(member r/summary.json replications) >= 1)) || fail "nothing was kept"
    "$program" compare long.json --strategies zuul,serial --replications 300 --engine heap --out c --no-progress >stdout 2>stderr </dev/null &
    process=$!
    for _ in {1..200}; do (($(cat c/journal.jsonl 2>/dev/null | wc -l) > 6)) && break; sleep 0.1; done
    kill -HUP $process
    wait $process
    code=$?
    ((code == 130)) || fail "exit code $code of compare"
    [[ $(member c/compare.json partial) == ON ]] || fail "it is not marked partial"
    [[ -z $(find . -name '*.partial*') ]] || fail "something is left aside"
    # Whoever does not want to hear of it does not.
    (trap '' HUP; exec "$program" run scenarios/quickstart --replications 3000 --engine heap --out n --no-progress) >stdout 2>stderr </dev/null &
    process=$!
    for _ in {1..100}; do compgen -G 'n.partial-*/parts' >/dev/null && break; sleep 0.1; done
    kill -HUP $process
    wait $process
    code=$?
    ((code == 0)) || fail "exit code $code under nohup"
}

# What killed runs left aside: cleared away, but only if it is ours and nobody is at work in it; never delivered.
case_left_aside() {
    local process
    "$program" run scenarios/quickstart --replications 100000 --engine heap --out x --no-progress >stdout 2>stderr </dev/null &
    process=$!
    for _ in {1..100}; do [[ -e x.partial-$process/parts ]] && break; sleep 0.1; done
    mkdir x.partial-mine x.partial-4000000 && echo mine >x.partial-4000000/changes.csv && echo mine >x.partial-mine/changes.csv
    run 0 run "${quickstart[@]}" --out x
    kill -0 $process || fail "it is gone"
    [[ -e x.partial-$process/parts ]] || fail "somebody was at work there"
    kill -KILL $process
    wait $process 2>/dev/null
    [[ -e x.partial-$process ]] || fail "there is nothing to clear away"
    sleep 0.5
    rm -r x
    run 0 run "${quickstart[@]}" --out x
    [[ ! -e x.partial-$process ]] || fail "it is there still"
    [[ $(cat x.partial-4000000/changes.csv) == mine && $(cat x.partial-mine/changes.csv) == mine ]] || fail "it was not ours"
    # The same number again, as in a container: what stands there is not delivered.
    rm -rf x x.partial-*
    bash -c 'mkdir -p x.partial-$$/parts/1 && echo stale >x.partial-$$/parts/1/events.jsonl && echo stale >x.partial-$$/reviews.csv &&
        exec "$0" run scenarios/quickstart --out x --no-progress --tables all --events' "$program" >stdout 2>stderr || fail "it failed"
    grep -rq stale x && fail "it delivers files of another"
    [[ ! -e x/reviews.csv && ! -e x/.gatesim-partial ]] || fail "files that are none of its"
    return 0
}

# Exit code 2 leaves nothing.
case_nothing_for_nothing() {
    run 2 run "${quickstart[@]}" --warmup nonsense
    run 2 run "${quickstart[@]}" --out deep/down --warmup nonsense
    printf 'change,arrived\nx,yesterday\n' >load.csv
    echo '{"load": {"replay": {"file": "load.csv"}}, "jobs": {"unit": {"duration": "9m"}}}' >bad.json
    run 2 run bad.json
    run 2 compare bad.json --strategies zuul,serial --replications 2
    run 2 sweep bad.json --over /strategy/window=2,3 --replications 2 --out deep/down
    [[ ! -e out && ! -e deep ]] || fail "something was written"
    mkdir there
    run 2 compare bad.json --strategies zuul,serial --replications 2 --out there
    [[ -z $(ls -A there) ]] || fail "something was written there"
}

"case_$3"
