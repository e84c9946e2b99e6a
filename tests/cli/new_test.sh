#!/usr/bin/env bash
# new_test.sh TREE PROGRAM CASE: gatesim new as a person types it; one case, in a folder of its own.
set -uo pipefail

program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# nothing_made: no file, whole or half, and no folder.
nothing_made() { [[ $(ls -A | grep -vxE 'stdout|stderr|mine.*') == "" ]] || fail "something was written: $(ls -A)"; }

# Without a terminal nobody is asked; what nobody said is named; what is made runs, and holds its promise.
case_runs() {
    run 0 new shop --changes 20/weekday --hours 'Mo-Fr 9-17 Europe/Berlin' --jobs 'build 12, e2e 40m flake 4%' --promise 6h
    says stderr "--runners 10"
    says stderr "--flakes 1%"
    says_not stderr "--changes"
    says stdout "gatesim run shop"
    says stdout "gatesim compare shop --strategies github,zuul,batch --tune"
    says stdout "gatesim plan shop --over /pools/default/nodes=5..20"
    [[ $(ls -A shop | tr '\n' ' ') == "notes.md scenario.json " ]] || fail "other files"
    says shop/notes.md "| What do you promise? | 6h | by option | expect landing_time_s.p95 <= 6h |"
    says shop/notes.md "| How many runners are there? | 10 | default |"
    says shop/notes.md "broken"
    run 0 run shop --engine heap
    says stdout "✓ met    landing_time_s.p95 <= 6h"
    python3 - <<'END' || fail "the scenario is not what was answered"
import json
s = json.load(open("shop/scenario.json"))
assert s["load"]["arrivals"] == {"rate": "20/weekday", "hours": "Mo-Fr 9-17 Europe/Berlin"}, s
assert s["jobs"]["build"]["duration"]["median"] == "12m" and s["jobs"]["build"]["flake"] == "1%", s
assert s["jobs"]["e2e"]["flake"] == "4%" and s["pools"]["default"] == {"nodes": 10, "price": "0.50 USD/h"}, s
assert s["strategy"] == "github" and s["expect"] == ["landing_time_s.p95 <= 6h"], s
END
    run 0 new --quiet
    says_nothing stdout
    says_nothing stderr
    # A promise that cannot be kept is missed, and the exit code says so.
    run 0 new shop.json --promise 20m --quiet
    [[ -f shop.json && -f shop.notes.md ]] || fail "no file beside its notes"
    run 1 run shop.json --engine heap --replications 2
    run 0 new free --runners unlimited --price none --promise none --gate bors-ng --hours always --changes 5/h --quiet
    run 0 run free --engine heap
}

# An answer that cannot be is explained, and nothing is written.
case_bad_answers() {
    local option value said
    while IFS='|' read -r option value said; do
        run 2 new shop "--$option" "$value"
        says stderr "--$option: "
        says stderr "$said"
        says stderr "it takes"
        nothing_made
    done <<'END'
changes|many|"many" is no number of changes
changes|0|there must be some
hours|Mo-Fr 9 to 17|"Mo-Fr 9 to 17"
hours|Mo-Fr 9-17 Europe/Berlim|did you mean Europe/Berlin?
jobs|build|NAME TIME
jobs|build soon|is no time a job can take
jobs|build 12m, build 3m|two jobs are called "build"
jobs|build 12m flaky 3%|only flake does
jobs|build 12m flake 3|is no share
jobs|,|NAME TIME
flakes|two|"two" is no share
runners|0|is no number of runners
runners|-3|is no number of runners
price|cheap|is no price
gate|githup|did you mean github
promise|soon|it compares nothing
promise|landing_tme_s.p95 <= 2h|did you mean
END
}

# Many at once in one place: one of them makes it, whole, and the others touch nothing.
case_race() {
    local i
    for i in {1..12}; do
        "$program" new shop --changes "$i" --quiet 2>"mine$i" &
    done
    wait
    [[ $(ls -A shop | tr '\n' ' ') == "notes.md scenario.json " ]] || fail "not whole: $(ls -A shop)"
    [[ $(ls -A | grep -v '^mine') == shop ]] || fail "something is left: $(ls -A)"
    [[ $(cat mine* | grep -c 'is there already') == 11 ]] || fail "not one: $(cat mine*)"
    i=$(sed -n 's/^| How many changes come on a day? | \([0-9]*\) .*/\1/p' shop/notes.md)
    grep -q "\"rate\": \"$i/day\"" shop/scenario.json || fail "the notes are of another scenario"
}

# What is there stays as it is.
case_keeps() {
    mkdir mine
    echo "my notes" >mine/notes.md
    run 2 new mine
    says stderr "mine/notes.md: is there already"
    [[ $(cat mine/notes.md) == "my notes" && $(ls mine) == notes.md ]] || fail "something of mine was touched"
    rm mine/notes.md
    echo x >mine/other
    run 0 new mine --quiet
    [[ $(ls -A mine | tr '\n' ' ') == "notes.md other scenario.json " ]] || fail "not beside what is there"
    run 2 new mine
    says stderr "mine/notes.md: is there already"
    echo y >mine2
    run 2 new mine2
    says stderr "is no folder"
    run 4 new mine/other/deeper/
    [[ $(cat mine/other) == x ]] || fail "touched"
    chmod a-w mine
    if [[ $(id -u) != 0 ]]; then
        run 4 new mine/sub
        says stderr "gatesim new: "
    fi
}

at_a_terminal() {
    mkdir there
    cd there || exit 1
    GATESIM_CALLED_AS=gatesim python3 "$here/new_terminal.py" "$program" "$1" || exit $?
}
case_asked() { at_a_terminal asked; }
case_end() { at_a_terminal end; }
case_interrupt() { at_a_terminal interrupt; }

"case_$3"
