#!/usr/bin/env bash
# gatesim_test.sh TREE PROGRAM CASE: one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios

a_scenario() {
    cat >small.json <<'END'
{"title": "Small", "period": {"length": "2d"}, "replications": 4,
 "load": {"arrivals": {"rate": "60/day"}, "after_ejection": {"retry": "100%", "after": "1h", "max": 3}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "12m", "sigma": 0.3}}, "full": {"duration": "40m", "flake": "3%"}},
 "pools": {"default": {"nodes": 30, "boot": "2m"}}, "failures": {"defect": "5%"}}
END
}

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

case_help() {
    run 0 --help
    says stdout "explain"
    for command in run explain list describe schema help; do
        run 0 "$command" --help
        cp stdout page
        run 0 help "$command"
        cmp -s stdout page || fail "help $command is not $command --help"
        says stdout "Exit codes"
        says stdout "130"
    done
    run 2 help expalin
    says stderr "did you mean explain?"
    awk 'length($0) > 80 { exit 1 }' page || fail "a line is too long"
}

case_lists() {
    run 0 list
    says stdout "scenarios/quickstart"
    says stdout "zuul"
    says stdout "gate_time_s"
    says stdout "resets.csv"
    run 0 list strategies
    says stdout "serial"
    says_not stdout "gate_time_s"
    run 2 list strategeis
}

case_describes() {
    for name in zuul gate_time_s gate_time_s.p95 changes changes.csv changes.away_s /jobs/*/duration run window words; do
        run 0 describe "$name"
        [[ -s stdout ]] || fail "nothing about $name"
    done
    run 0 describe words
    says stdout "merge train"
    run 2 describe gate_tmie_s
    says stderr "did you mean gate_time_s?"
    run 2 describe /jobs/*/duraton
    says stderr "/jobs/*/duration"
}

case_schema() {
    run 0 schema
    cmp -s stdout "$tree/scenarios/schema/scenario.json" || fail "the checked-in schema is another one"
    run 0 schema tables
    member stdout tables >/dev/null || fail "no JSON"
    run 0 schema metrics
    member stdout metrics >/dev/null || fail "no JSON"
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

case_explain() {
    run 0 explain api-105 scenarios/quickstart
    says stdout "though innocent"
    says stdout "In the end it landed."
    says_not stdout "web-106 enters"
    run 2 explain api-106 scenarios/quickstart
    says stderr "did you mean"
    run 2 explain api-105
    says stderr "run something first"
}

# A verdict in check takes nobody out of the way of those that need the change.
case_explain_check() {
    cat >two.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": {"check": "0s", "gate": "1h"}},
                      "b": {"enqueue_at": {"check": "1m", "gate": "61m"}, "depends_on": ["a"]}}},
 "pipelines": {"check": {"manager": "independent"}, "gate": {"manager": "dependent"}},
 "jobs": {"unit": {"duration": "9m"}}}
END
    run 0 run two.json --out out
    run 0 explain b --run out
    says stdout "a, ahead of it, lands"
    says_not stdout "a, ahead of it, is ejected"
}

# What a build waits for when its pool has no nodes: at once, when they go, and at the end.
case_explain_nodes() {
    cat >outage.json <<'END'
{"title": "No runner from 0:30 on", "load": {"changes": {"early": {"enqueue_at": "0s"}, "late": {"enqueue_at": "40m"}}},
 "jobs": {"ci": {"duration": "25m"}, "lint": {"duration": "1m"}}, "pools": {"runners": {"nodes": 10}},
 "timeline": [{"at": "30m", "set": {"/pools/runners/nodes": 0}}], "strategy": "zuul"}
END
    run 0 run outage.json --out out
    says stdout "Pool runners has no nodes now."
    says stdout "ci and lint of late wait: pool runners has no nodes."
    says stdout "In the end 1 landed, 1 is still"
    run 0 explain late --run out
    says stdout "ci and lint of late wait: pool runners has no nodes."
    says stdout "still in flight: ci and lint still wait for nodes: pool"
    run 0 run outage.json --set '/pools/runners/nodes=1' --set '/timeline=[]' --set /jobs/ci/nodes=4 --out out2
    says stdout "ci of late waits: it needs 4 nodes, and pool runners has only 1 node."
    run 0 run outage.json --set /pools/runners/when_short=fail --out out3
    says stdout "did not land. By cause: 1 infrastructure (50 % of changes). In the end 1"
    says_not stdout "wait: pool"
}

# Rows of a load file that are not used are counted and told: outside the period, or enqueued when there was nothing to do.
case_load_rows() {
    cat >load.csv <<'END'
project,change,enqueued
p,early,2025-10-20T10:00:00Z
p,b,2025-10-28T12:01:00Z
p,b,2025-10-28T12:02:00Z
p,b,2025-10-28T14:00:00Z
p,late,2025-11-28T12:01:00Z
END
    cat >scenario.json <<'END'
{"title": "rows", "period": {"start": "2025-10-28T12:00Z", "length": "6h"}, "load": {"replay": {"file": "load.csv"}},
 "projects": {"p": {}}, "jobs": {"u": {"duration": "40m"}}}
END
    run 0 run scenario.json --out out
    says stderr "load.csv: 5 rows read, 1 used; left out:"
    says stderr "1  before the period begins (/period/start)"
    says stderr "1  after the period has ended (/period/length)"
    says stderr "1  an enqueue of a change that was in the gate"
    says stderr "1  an enqueue of a change that had landed"
    [[ $(grep -c 'rows read' stderr) == 1 ]] || fail "said more than once"
    run 0 run scenario.json --out out --json
    tr -d ' \n' <stdout >flat
    says flat '"files":[{"file":"load.csv","rows":5.0,"used":1.0,"left_out":{"before_start":1.0,"after_end":1.0,"in_gate":1.0,"landed":1.0}}]'
    says flat '"arrived":{"unit":"changes","mean":1.0'
    # No answer without it: compare, sweep, a quiet run.
    for call in "run scenario.json --quiet" "compare scenario.json --strategies zuul,serial" \
        "sweep scenario.json --over /strategy/window=1,2"; do
        # shellcheck disable=SC2086
        run 0 $call --out "out-${call%% *}"
        [[ $(grep -c 'load.csv: 5 rows read, 1 used; left out:' stderr) == 1 ]] || fail "$call does not say it once"
    done
    # What is used whole needs one line, and a program none.
    sed -i '/early/d; /late/d; 3,4d' load.csv
    run 0 run scenario.json --out out
    says stderr "load.csv: 1 row read, all used"
    run 0 run scenario.json --out out --quiet
    says_nothing stderr
}

# The order of the file decides nothing: newest first gives the bytes of oldest first, also within an instant.
case_newest_first() {
    rows() { for i in {10..60}; do echo "p,c$i,2025-10-28T10:$i:00Z"; echo "p,d$i,2025-10-28T10:$i:00Z"; done | sed '/:60:/d'; }
    head='project,change,enqueued'
    for period in '' '"period": {"start": "2025-10-28T09:00Z"}, '; do
        rm -rf old new && mkdir old new
        { echo $head; rows; } >old/load.csv
        { echo $head; rows | tac; } >new/load.csv
        for folder in old new; do
            printf '{"title": "t", %s"load": {"replay": {"file": "load.csv"}}, "projects": {"p": {}}, "jobs": {"u": {"duration": "40m"}}}' \
                "$period" >$folder/scenario.json
            run 0 run $folder/scenario.json --out $folder/out
            says stderr "load.csv: 100 rows read, all used"
        done
        mapfile -t tables < <(cd old/out && find . -name '*.csv')
        ((${#tables[@]} > 2)) || fail "there are no tables"
        for table in "${tables[@]}"; do cmp "old/out/$table" "new/out/$table" || fail "$table differs"; done
    done
}

# A real landing of a change that the load has not is told, and no landing to compare with.
case_observed_rows() {
    cat >load.csv <<'END'
project,change,enqueued,landed
p,a,2025-10-28T10:00:00Z,2025-10-28T10:50:00Z
p,b,2025-10-28T10:05:00Z,
END
    cat >observed.csv <<'END'
project,change,landed,time_kind,landed_lo,landed_hi
p,a,2025-10-28T10:50:00Z,interval,2025-10-28T10:30:00Z,2025-10-28T11:40:00Z
p,zzz,2025-10-28T13:05:00Z,exact,,
END
    cat >scenario.json <<'END'
{"title": "obs", "load": {"replay": {"file": "load.csv"}}, "projects": {"p": {}}, "jobs": {"u": {"duration": "40m"}},
 "observed": {"file": "observed.csv"}}
END
    run 0 run scenario.json --out out
    says stdout "1 real landings, 0 with an exact time"
    says stderr "observed.csv: 2 rows read, 1 used; left out:"
    says stderr "the first is p/zzz/master in line 3"
    run 0 run scenario.json --out out --json
    tr -d ' \n' <stdout >flat
    says flat '{"file":"observed.csv","rows":2.0,"used":1.0,"left_out":{"unknown":1.0}}'
    sed -i 's/T10:30:00Z,2025-10-28T11:40/T11:40:00Z,2025-10-28T10:30/' observed.csv
    run 2 run scenario.json --out out
    says stderr 'observed.csv:2:35: landed_lo: "2025-10-28T11:40:00Z" is after landed_hi'
}

case_explain_run() {
    a_scenario
    run 0 run small.json --seed 5
    run 0 explain c3 --replication 4
    says stdout "replication 4, seed 5"
    run 0 explain c3 --run out/small-zuul-5
    run 2 explain c3 --replication 5
    says stderr "has no replication 5"
    run 2 explain c3 --seed 3
    run 4 explain c3 --run scenarios
    # A summary that does not come out again is noticed.
    sed -i '/"landed": {/,/}/s/[0-9]\+\.0/1.0/g' out/small-zuul-5/summary.json
    run 4 explain c3
    says stderr "gives other numbers"
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

# The option that was typed, and the names that were probably meant.
case_names() {
    a_scenario
    run 2 run small.json --strategy zool
    says stderr '--strategy: there is no strategy "zool"; did you mean zuul?'
    says_not stderr "--set"
    run 2 run small.json --strategy bors
    says stderr "did you mean bors-ng or rust-bors?"
    run 2 run small.json --strategy github-merge-queue
    says stderr "did you mean github?"
    run 2 run small.json --strategy '{"name": "zuul", "widnow": 3}'
    says stderr '--strategy /strategy/widnow: zuul has no parameter "widnow"; did you mean "window"?'
    run 2 run small.json --strategy zuul --set /strategy/widnow=3
    says stderr "--set /strategy/widnow"
    run 2 run small.json --set /strategy=zool
    says stderr '--set /strategy: there is no strategy "zool"; did you mean "zuul"?'
    run 2 explain c1 --strategy zool
    run 2 lits
    says stderr "did you mean list?"
    run 2 list metric
    says stderr "did you mean metrics?"
    run 0 describe bors
    says stdout "bors-ng"
    run 2 describe /pools/default/node
    says stderr "did you mean /pools/default/nodes?"
    # Whole numbers are written out.
    for name in zuul /strategy /replications github batch /load/footprint; do
        run 0 describe $name
        grep -E '[0-9]e\+?[0-9]' stdout && fail "an exponent in $name"
    done
    run 2 run small.json --set /replications=0
    says stderr "1000000"
}

# What the story shows and what its totals say are the same.
# What a product calls a thing leads to what it is here.
case_product_words() {
    a_scenario
    run 0 describe max_entries_to_build
    says stdout "GitHub: max_entries_to_build is window of github."
    says stdout '"strategy": {"name": "github", "window": ...}'
    run 0 describe maxEntriesToBuild
    says stdout "window of github"
    run 0 describe batch_size
    says stdout "Mergify: batch_size is batch of mergify."
    says stdout "Aviator: batch_size is batch of aviator."
    run 0 describe max_parallel_checks
    says stdout "window of mergify"
    run 0 describe bors
    says stdout "bors-ng: bors is bors-ng."
    says stdout "Rust's bors: bors is rust-bors."
    run 0 describe group_wait
    says stdout "(parameter, /strategy/group_wait)"
    says stdout "Of github"
    run 0 describe github
    says stdout "GitHub: max_entries_to_build"
    says stdout "Not modelled"
    says stdout "sim/strategy/SOURCES.md"
    run 0 describe github-headgreen
    says stdout "Not modelled"
    says stdout "witness = own-jobs"
    run 0 describe serial
    says_not stdout "Not modelled"
    run 0 list parameters
    says stdout "max_parallel_checks"
    run 0 list max_parallel_checks
    says stdout "window of mergify"
    run 0 list bors
    says stdout "rust-bors"
    run 0 list
    says_not stdout "max_parallel_checks"
    run 2 list barrels
    run 2 run small.json --strategy '{"name": "github", "max_entries_to_build": 3}'
    says stderr 'github has no parameter "max_entries_to_build"; did you mean "window"?'
    run 2 run small.json --strategy '{"name": "github-headgreen", "maxEntriesToMerge": 3}'
    says stderr 'did you mean "group_max"?'
    run 2 run small.json --strategy mergify --set /strategy/batch_max_wait_time=10s
    says stderr 'did you mean "wait"?'
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

case_explain_json() {
    run 0 run scenarios/quickstart --out made
    run 0 explain api-105 --run made --json
    [[ $(member stdout change) == api-105 && $(member stdout seed) == 1 && $(member stdout replication) == 1 ]] ||
        fail "whose story is that?"
    says stdout '"text": "api-105 enters the gate, behind 4 other changes."'
    says stdout '"at_s": 300.0'
    says stdout '"verdict": "'
    cp stdout heap.json
    run 0 explain api-105 --run made --json --engine simgrid
    cmp -s stdout heap.json || fail "the engines tell different stories"
}

"case_$3"
