#!/usr/bin/env bash
# gatesim_test.sh TREE PROGRAM CASE: one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/small_study.sh"

a_long_scenario() {
    a_scenario
    sed -i 's/"2d"/"50000d"/' small.json
}

case_usage() {
    run 2
    says stderr "run scenarios/quickstart"
    says_nothing stdout
    run 2 rnu
    says stderr 'did you mean run?'
    run 2 run
    says stderr "SCENARIO is missing"
    run 2 run a b
    says stderr "one argument too many"
    run 0 --version
    says stdout "gatesim 0."
}

case_options() {
    a_scenario
    run 2 run small.json --see 7
    says stderr "unknown option --see; did you mean --seed?"
    run 2 run small.json --replications -3
    run 2 run small.json --replications=-3
    says stderr "--replications takes a whole number from 1"
    run 2 run small.json --replications 1e3
    run 2 run small.json --seed 18446744073709551616
    run 2 run small.json --seed 1 --seed 2
    says stderr "--seed is given twice"
    run 2 run small.json --engine simgird
    says stderr "did you mean simgrid?"
    run 2 run small.json --until 7
    says stderr '--until takes a time ("90m", "7d")'
    run 2 run small.json --json=yes
    says stderr "--json takes no value"
    run 2 run small.json --seed
    says stderr "needs a value"
    # Options may stand before the command, and everything behind -- is a name.
    run 0 --seed 4 run small.json --replications 1
    says stdout "seed 4"
    cp small.json -- --seed
    run 0 run --replications 1 -- --seed
}

case_story() {
    run 0 run scenarios/quickstart
    says stdout "api-103 itself is"
    says stdout "RESET of web-104 and api-105"
    says stdout "It is ejected though innocent."
    says stdout "Thrown away: 6 builds"
    says stdout "Totals: 7 changes arrived. 2 ejections; 1 of them hit a change that was not at"
    says stdout "fault, which came back and landed. By cause: 1 own defect (14 % of changes), 1"
    says stdout "gatesim explain"
    says_nothing stderr
    fits
}

case_tables() {
    a_scenario
    run 0 run small.json --out all --tables all --events
    run 0 run small.json --out first
    run 0 run small.json --out none --tables none
    [[ ! -e none/changes.csv && ! -e first/events.jsonl ]] || fail "too many files"
    for table in changes builds nodes queue resets; do
        [[ $(head -1 all/$table.csv) == replication,* ]] || fail "$table.csv has no header"
        [[ $(cut -d, -f1 all/$table.csv | uniq | tr '\n' ' ') == "replication 1 2 3 4 " ]] || fail "$table.csv is out of order"
        grep -E '^(replication|1),' all/$table.csv | cmp -s - first/$table.csv || fail "$table.csv of replication 1 differs"
    done
    # Every arrival is accounted for: one row each.
    [[ $(tail -n +2 first/changes.csv | wc -l) -gt 80 ]] || fail "too few changes"
    [[ -z $(tail -n +2 first/changes.csv | cut -d, -f2 | sort | uniq -d) ]] || fail "a change has two rows"
}

case_json() {
    a_scenario
    run 0 run small.json --json
    says_nothing stderr
    cmp -s stdout out/small-zuul-1/summary.json || fail "it is not summary.json"
    local keys expected
    [[ $(member stdout format) == 1 ]] || fail "it is not JSON"
    keys=$(sed -n 's/^  "\([a-z0-9_]*\)":.*/\1/p' stdout | tr '\n' ' ')
    expected="format version scenario scenario_sha256 strategy seed replications engine level partial warnings metrics ejection_causes waste_causes timing "
    [[ $keys == "$expected" ]] || fail "the keys are $keys"
}

without_machine() { sed '/^  "engine"/d; /^  "timing"/,/^  }/d' "$1"; }

same() {
    for file in "$1"/*; do
        local name=${file##*/}
        [[ $name == summary.json ]] && continue
        cmp -s "$file" "$2/$name" || fail "$name differs"
    done
    diff <(without_machine "$1/summary.json") <(without_machine "$2/summary.json") >stdout || fail "summary.json differs"
    [[ $(ls "$1") == "$(ls "$2")" ]] || fail "other files"
}

case_same_bytes() {
    a_scenario
    run 0 run small.json --jobs 1 --out one --tables all --events
    run 0 run small.json --jobs 3 --out three --tables all --events
    same one three
    run 0 run small.json --seed 2 --out two --tables all
    cmp -s one/changes.csv two/changes.csv && fail "the seed changes nothing"
    return 0
}

case_engines() {
    a_scenario
    for scenario in small.json scenarios/quickstart; do
        run 0 run $scenario --engine heap --out heap --tables all --events
        run 0 run $scenario --engine simgrid --out simgrid --tables all --events
        same heap simgrid
    done
}

case_expectation() {
    a_scenario
    sed -i '1s/{/{"expect": ["landed >= 1", "gate_time_s.p95 <= 1m"],/' small.json
    run 1 run small.json
    says stdout "✓ met    landed >= 1"
    says stdout "✗ missed gate_time_s.p95 <= 1m"
    run 1 run small.json --json
    says stderr "expectation missed: gate_time_s.p95 <= 1m"
    run 0 run small.json --set '/expect=["landed >= 1"]'
}

case_errors_of_scenarios() {
    a_scenario
    sed -i 's/"duration": "40m"/"duraton": "40m"/' small.json
    run 2 run small.json
    says stderr 'did you mean "duration"?'
    says stderr "small.json:3:"
    says_nothing stdout
    run 4 run nowhere.json
    run 2 run scenarios/quickstart --set /jobs/unit/duration=fast
    run 2 run scenarios/quickstart --strategy zul
    says stderr "zuul"
    [[ ! -e out ]] || fail "something was written"
}

case_unwritable() {
    a_scenario
    : >taken
    run 4 run small.json --out taken
    run 4 run small.json --out taken/below
    [[ $(ls -A | grep -c partial) == 0 ]] || fail "something is left behind"
    if [[ -w /dev/full ]]; then
        "$program" run small.json --json >/dev/full 2>stderr
        [[ $? == 4 ]] || fail "a full disk is no success"
    fi
}

case_replaces_own_files() {
    a_scenario
    run 0 run small.json --out d --events
    echo mine >d/mine.txt
    run 0 run small.json --out d --tables none
    [[ $(cat d/mine.txt) == mine ]] || fail "a file of mine is gone"
    [[ ! -e d/changes.csv && ! -e d/events.jsonl ]] || fail "files of the old run are left"
    [[ $(ls d | tr '\n' ' ') == "mine.txt run.json scenario.json summary.json summary.txt " ]] || fail "other files: $(ls -A d)"
    [[ $(ls -A | grep -c partial) == 0 ]] || fail "something is left behind"
}

started() {
    for _ in {1..100}; do
        [[ -n $(ls -d out/*.partial-* 2>/dev/null) ]] && sleep 0.5 && return
        sleep 0.05
    done
    fail "it does not start"
}

case_interrupt() {
    a_long_scenario
    sed -i 's/"replications": 4/"replications": 1/' small.json
    "$program" run small.json --engine heap --tables first >stdout 2>stderr &
    local process=$!
    started
    kill -INT $process
    wait $process
    local code=$?
    ((code == 130)) || fail "exit code $code"
    says stdout "Interrupted"
    [[ $(member out/small-zuul-1/summary.json partial) == ON ]] || fail "it is not marked partial"
    [[ $(member out/small-zuul-1/summary.json replications) == 1 ]] || fail "nothing was kept"
    [[ $(ls -A out | wc -l) == 1 ]] || fail "something is left behind"
}

case_interrupt_twice() {
    a_long_scenario
    "$program" run small.json --engine heap --jobs 2 >stdout 2>stderr &
    local process=$!
    started
    # Whoever is impatient goes on while the program tidies up.
    while kill -INT $process 2>/dev/null; do :; done
    wait $process
    local code=$?
    ((code == 130)) || fail "exit code $code"
    pgrep -P $process >/dev/null && fail "workers live on"
    [[ -z $(ls -d out/*.partial-* 2>/dev/null) ]] || fail "something is left behind"
}

case_colors() {
    a_scenario
    run 0 run small.json --replications 1
    grep -q $'\e' stdout && fail "colours in a file"
    CLICOLOR_FORCE=1 run 0 run small.json --replications 1
    grep -q $'\e' stdout || fail "CLICOLOR_FORCE does nothing"
    NO_COLOR=1 CLICOLOR_FORCE=1 run 0 run small.json --replications 1
    grep -q $'\e' stdout && fail "NO_COLOR does nothing"
    run 0 run small.json --replications 1 --color always
    grep -q $'\e' stdout || fail "--color does nothing"
    run 0 run small.json --quiet
    says_nothing stdout
    says_nothing stderr
}

case_progress_line() {
    a_long_scenario
    timeout -s INT 12 "$program" run small.json --engine heap --tables none >stdout 2>stderr
    says stderr "of 4 replications"
    grep -q $'\r' stderr && fail "a bar in a file"
    timeout -s INT 3 "$program" run small.json --engine heap --tables none --no-progress >stdout 2>stderr
    says_not stderr "of 4 replications"
}

# What stands on a terminal after a run: no bar and no half of one, however long the name and narrow the window, even if
# it is dragged meanwhile.
case_progress_fits() {
    a_long_scenario
    mkdir name
    cp small.json "name/變更佇列-a-scenario-with-a-name-that-is-as-long-as-names-of-real-scenarios-are.json"
    for sizes in 80x24 40x24 20x10 120x40,60x24,30x24; do
        python3 "$here/at_a_terminal.py" "$sizes" /usr/bin/timeout -s INT 5 "$program" run name/*.json --engine heap --tables none >shown
        [[ $? == 77 ]] && exit 77
        [[ $(grep -m 1 . shown) =~ ^(Small|! about .*|gatesim run: interrupted before anything was done)$ ]] || { cp shown stdout; fail "something of the bar stands there at $sizes"; }
        grep -qE '[#.]{8}' shown && { cp shown stdout; fail "half a bar stands there at $sizes"; }
    done
    return 0
}

case_errors_wrapped() {
    a_scenario
    python3 "$here/at_a_terminal.py" 60x24 "$program" run small.json --strategy zool --set /jobs/full/duration=long >shown
    [[ $? == 77 ]] && exit 77
    python3 "$here/at_a_terminal.py" 60x24 "$program" run small.json --set /jobs/full/duration=long --set /pools/default/nodes=x >>shown
    LC_ALL=C.UTF-8 grep -E '^.{61,}' shown && { cp shown stdout; fail "wider than the terminal"; }
    tr -s ' \n' ' ' <shown >stdout
    says stdout "did you mean zuul?"
    # In a file nothing is broken.
    run 2 run small.json --set /jobs/full/duration=long --set /pools/default/nodes=x
    LC_ALL=C.UTF-8 grep -qE '^.{61,}' stderr || fail "broken although nobody looks"
}

case_totals() {
    run 0 run scenarios/quickstart
    local ejected
    ejected=$(grep -c "ejected" stdout)
    says stdout "2 ejections"
    ((ejected >= 2)) || fail "the story shows $ejected"
    run 0 run scenarios/quickstart --set /jobs/unit/flake=0% --set /failures/defect=0% --seed 3
    says stdout "Totals: "
}

case_until() {
    a_scenario
    run 0 run small.json --until 1d --replications 2 --out cut
    says stdout "still in flight at the end"
    [[ $(member cut/summary.json partial) == OFF ]] || fail "--until is no interruption"
}

"case_$3"
