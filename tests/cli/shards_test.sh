#!/usr/bin/env bash
# shards_test.sh TREE PROGRAM CASE: compare and sweep in shards, joined again; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/long_study.sh"
source "$here/shards_support.sh"

compare=(compare small.json --strategies zuul,serial --variant "narrow:/strategy/window=2" --replications 3 --engine heap --no-progress)
sweep=(sweep small.json --over /pools/default/nodes=10..30:10 --replications 3 --engine heap --no-progress)

case_joined() {
    local n
    a_steady_scenario
    study=("${compare[@]}")
    whole
    for n in 1 2 4 7; do
        in_shards $n d$n
        [[ $(cat d$n/shard-*/journal.jsonl | grep -c '"number":[0-9],') == 9 ]] || fail "$n shards ran something twice, or not at all"
        joined_as_whole d$n
    done
    # Into the shards' own folder, and once more; the folders one by one, copied and renamed.
    run 0 "${study[@]}" --out d4 --merge d4
    run 0 "${study[@]}" --out d4 --merge d4
    cmp d4/journal.jsonl whole/journal.jsonl || fail "another journal"
    [[ ! -e d4/journal-1.jsonl ]] || fail "it is kept twice"
    mkdir far && mv d4/shard-2-of-4 far/two
    joined_as_whole d4/shard-1-of-4 far d4/shard-3-of-4 d4/shard-4-of-4
    run 0 "${study[@]}" --out page --merge d2 --report
    [[ -s page/report.html ]] || fail "no page"
}

case_joined_sweep() {
    local n
    a_steady_scenario
    study=("${sweep[@]}")
    whole
    for n in 1 2 4 7; do
        in_shards $n d$n
        joined_as_whole d$n
    done
    # Without a warm-up to be found, and a period that ends by itself.
    a_scenario
    rm -r whole
    whole
    in_shards 4 t
    joined_as_whole t
}

# As many replications as are needed: shards that see each other stop when all together know enough.
case_ends_early() {
    a_steady_scenario
    study=(sweep small.json --over /strategy=serial,zuul --at-most 40 --engine heap --no-progress)
    whole
    [[ $(member whole/sweep.json replications) == 10 ]] || fail "ten decide"
    in_shards 2 d
    joined_as_whole d
    # The first was alone, and could not know. The second saw it.
    run 0 "${study[@]}" --out d --shard 2/2
    tr -s ' \n' ' ' <stdout >line
    says line "All shards together know enough after 10 replications of each arm"
    (($(grep -c '"number":[0-9]\{1,2\},' d/shard-2-of-2/journal.jsonl) < 20)) || fail "the second runs on"
    # At the same time.
    "$program" "${study[@]}" --out e --shard 1/2 --quiet 2>first &
    run 0 "${study[@]}" --out e --shard 2/2 --quiet
    wait $! || fail "the first failed: $(cat first)"
    joined_as_whole e
    # Never enough: all looks.
    study=(compare small.json --strategies zuul,serial --precision 1% --at-most 25 --engine heap --no-progress)
    rm -r whole
    whole
    in_shards 3 f
    joined_as_whole f
}

# On machines that share nothing each finds the warm-up itself.
case_apart() {
    a_steady_scenario
    study=("${compare[@]}")
    whole
    run 0 "${study[@]}" --out a --shard 1/2 --quiet
    run 0 "${study[@]}" --out b --shard 2/2 --quiet
    joined_as_whole a b
    joined_as_whole b/shard-2-of-2 a
    # One that computes otherwise is noticed.
    run 0 "${study[@]}" --out a --shard 1/2
    cp -r b other
    python3 - other/shard-2-of-2/journal.jsonl <<'PYTHON'
import sys, zlib
header, *lines = open(sys.argv[1], "rb").read().split(b"\n")
out = [header]
for line in lines:
    content = line.rpartition(b"\t")[0].replace(b'"events":', b'"events":1')
    out.append(content + b"\t%08x" % zlib.crc32(content, zlib.crc32(header)) if content else b"")
open(sys.argv[1], "wb").write(b"\n".join(out))
PYTHON
    run 4 "${study[@]}" --out merged2 --merge a other
    says stderr "a/shard-1-of-2 and other/shard-2-of-2 have different results for the same replication"
    [[ ! -e merged2 ]] || fail "something was written"
}

# More shards than replications: some have nothing to do, and are there all the same.
case_no_work() {
    a_steady_scenario
    study=(compare small.json --strategies zuul,serial --replications 2 --warmup 6h --engine heap --no-progress)
    whole
    in_shards 7 d
    [[ $(ls d/*/journal.jsonl | wc -l) == 4 && $(ls d/*/shard.json | wc -l) == 7 ]] || fail "not four of seven"
    joined_as_whole d
}

case_refused() {
    a_steady_scenario
    study=("${compare[@]}")
    in_shards 4 d
    merges_not() {
        rm -rf merged
        run "$1" "${@:2}"
        [[ ! -e merged ]] || fail "something was written"
    }
    cp -r d two && rm -r two/shard-2-of-4
    merges_not 4 "${study[@]}" --out merged --merge two
    says stderr "shard 2/4 is not there; to run it:"
    says stderr "--out two --shard 2/4"
    rm -r two/shard-4-of-4
    merges_not 4 "${study[@]}" --out merged --merge two
    says stderr "shards 2/4 and 4/4 are not there"
    merges_not 2 "${study[@]}" --out merged --merge d two
    says stderr "shard 1/4 is given twice: d/shard-1-of-4 and two/shard-1-of-4"
    merges_not 2 "${study[@]}" --out merged --seed 2 --merge d
    says stderr "d/shard-1-of-4: is shard 1/4 of another study: its seed is 1, not 2"
    merges_not 2 compare small.json --strategies zuul,serial --variant "narrow:/strategy/window=2" --replications 4 --out merged --merge d
    says stderr "it counts replications 3, not 4"
    merges_not 2 compare small.json --strategies zuul,tide --replications 3 --out merged --merge d
    says stderr "it has serial, narrow, which is not asked for, and it lacks tide"
    merges_not 2 "${study[@]}" --out merged --set /jobs/full/flake=4% --merge d
    says stderr "its scenario, or what was set in it, is another one (seen at zuul)"
    merges_not 2 "${sweep[@]}" --out merged --merge d
    says stderr "it is a shard of a compare, not of a sweep"
    cp "$program" other && chmod u+w other && echo >>other
    ends 2 ./other "${study[@]}" --out merged --merge d
    says stderr "it was made by another build of gatesim"
    run 0 "${study[@]}" --out d --shard 1/2 --quiet
    merges_not 2 "${study[@]}" --out merged --merge d
    says stderr "name the shards of one division only"
    merges_not 0 "${study[@]}" --out whole --merge d/shard-*-of-4
    mkdir nothing
    merges_not 2 "${study[@]}" --out merged --merge nothing
    says stderr "nothing: holds no shard"
    merges_not 2 "${study[@]}" --out merged --merge nowhere
    says stderr "nowhere: is not a folder"
    # A folder of somebody else's stays as it is.
    mkdir mine && echo x >mine/notes.txt
    run 4 "${study[@]}" --out mine --shard 1/4
    says stderr "mine: is not empty"
    [[ $(ls mine) == notes.txt ]] || fail "it was touched"
}

case_unfinished() {
    a_steady_scenario
    study=("${compare[@]}")
    whole
    in_shards 2 d
    sed -i '$d' d/shard-2-of-2/journal.jsonl
    run 4 "${study[@]}" --out merged --merge d
    says stderr "shard 2/2 (d/shard-2-of-2) is not finished: 1 replication is missing (the first is number "
    says stderr "--out d --shard 2/2"
    [[ ! -e merged ]] || fail "something was written"
    # The same line again does what is missing.
    run 0 "${study[@]}" --out d --shard 2/2
    joined_as_whole d
    # What was damaged is no result.
    sed -i '3s/0/1/' d/shard-1-of-2/journal.jsonl
    run 4 "${study[@]}" --out merged2 --merge d
    says stderr "shard 1/2"
    rm d/shard-*/journal.jsonl
    run 4 "${study[@]}" --out merged2 --merge d
    says stderr "a replication that finds the warm-up"
    says stderr "; nor is 2/2"
}

# Killed without mercy, with half a line at the end: nothing is lost, nothing is run twice.
case_torn() {
    a_long_study
    study+=(--jobs 2)
    whole
    "$program" "${study[@]}" --out d --shard 1/2 >stdout 2>stderr &
    local process=$! before
    until_finished d/shard-1-of-2 4
    kill -KILL $process
    wait $process 2>/dev/null
    before=$(finished d/shard-1-of-2)
    head -n $((before + 1)) d/shard-1-of-2/journal.jsonl | tail -n +2 | sort >had
    printf '{"arm_sha256":"half a line' >>d/shard-1-of-2/journal.jsonl
    run 0 "${study[@]}" --out d --shard 1/2
    says stderr "$before finished replications are there already"
    says stderr "1 line is damaged; what it stood for is done again"
    [[ -z $(comm -23 had <(sort d/shard-1-of-2/journal.jsonl)) ]] || fail "something is lost, or was run again"
    run 0 "${study[@]}" --out d --shard 1/2
    run 0 "${study[@]}" --out d --shard 2/2 --quiet
    joined_as_whole d
}

# Asked to end, as by an engine whose time is up: what was finished is there, and the exit code says it. One process a shard.
case_interrupted() {
    a_long_study 100
    study+=(--jobs 2)
    "$program" "${study[@]}" --out d --shard 1/2 >first 2>first.err &
    local process=$! code
    until_finished d/shard-1-of-2 2
    run 4 "${study[@]}" --out d --shard 1/2
    says stderr "another study is writing to it"
    kill -TERM $process
    wait $process
    code=$?
    ((code == 130)) || fail "exit code $code"
    says first.err "interrupted; the same command goes on ("
    says_nothing first
    (($(finished d/shard-1-of-2) >= 2)) || fail "what was finished is lost"
    run 4 "${study[@]}" --out merged --merge d
    says stderr "shard 2/2 is not there"
    [[ ! -e merged && -z $(find . -name '*.partial*') ]] || fail "something is left"
}

case_words() {
    a_scenario
    run 0 "${compare[@]}" --shard 1/2
    says stdout "Shard 1/2 of compare small: "
    says stdout "out/compare-small-1/shard-1-of-2/"
    # The line that it ends with is the one that joins them.
    run 0 "${compare[@]}" --shard 2/2
    sed -n 's/^  gatesim //p' stdout >merge
    eval "run 0 $(cat merge)"
    says stdout "Answer (p95 landing time"
    [[ -e out/compare-small-1/compare.json ]] || fail "no results beside the shards"
    for wrong in 0/2 3/2 2 x/y 1/2/3; do
        run 2 "${compare[@]}" --shard $wrong
        says stderr "--shard takes I/N"
    done
    run 2 "${compare[@]}" --shard 1/2 --json
    says stderr "--json shows results, and a shard has only some of them; give it to --merge"
    run 2 "${compare[@]}" --shard 1/2 --merge d
    says stderr "--shard and --merge cannot stand together"
    run 2 "${compare[@]}" --shards 3
    says stderr "it needs --print-tasks"
    run 2 "${compare[@]}" d
    says stderr '"d" is one argument too many'
    run 2 "${compare[@]}" --print-tasks make
    run 0 compare --help
    says stdout "--shard I/N"
}

"case_$3"
