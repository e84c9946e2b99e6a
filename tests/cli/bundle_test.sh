#!/usr/bin/env bash
# bundle_test.sh TREE PROGRAM BUNDLE CASE: the bundle where there is nothing else, beside the program of the ordinary build.
set -uo pipefail

tree=$1
program=$2
bundle=$3
case=$4

skip() { echo "skipped: $*"; exit 77; }
[[ -f $bundle ]] || skip "no bundle has been made (tools/test --only bundle)"
[[ ! $tree/sim -nt $bundle && ! $tree/lessons -nt $bundle && ! $tree/CMakeLists.txt -nt $bundle ]] ||
    skip "the bundle is older than the source (tools/test --only bundle)"

# shellcheck source=tests/cli/support.sh
source "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/support.sh"
unset GATESIM_CALLED_AS
name=$(basename "$bundle" .tar.gz)
mkdir room
tar -C room -xzf "$bundle" || fail "it cannot be unpacked"
there=$temporary/room/$name

# alone CODE COMMAND...: in a root that holds the unpacked bundle, an empty /tmp and nothing else: no shell, no libraries, no /proc,
# no network, and nobody's root.
alone() {
    local expected=$1
    shift
    mkdir -p room/tmp
    ends "$expected" unshare --map-root-user --net --root="$temporary/room" --wd="/$name" -- "$@"
}
can_be_alone() {
    unshare --map-root-user --net --root=/ true 2>/dev/null || skip "this machine permits no namespaces"
}

content() {
    [[ $(tar -tzf "$bundle" | cut -d/ -f1 | sort -u) == "$name" ]] || fail "it is more than one folder"
    (cd "$there" && sha256sum --quiet -c SHA256SUMS) >stdout 2>stderr || fail "files are not as they were packed"
    readelf -ld "$there/tools/gatesim" >stdout 2>stderr || fail "no program"
    says_not stdout NEEDED
    says_not stdout INTERP
    local part
    for part in START.md LICENSE tools/doctor lessons/track.json scenarios/quickstart/scenario.json zoneinfo/Europe/Berlin \
        sim/strategy/exec/README.md; do
        [[ -f $there/$part ]] || fail "it lacks $part"
    done
    [[ ! -e $there/tools/class-board ]] || fail "the class board is the teacher's"
    grep -rIl -- "$tree" "$there" >stdout && fail "files name the folder that they were made in"
    [[ -z $(find "$there" -type f ! -perm -004) ]] || fail "not everybody may read it"
}

empty_root() {
    can_be_alone
    alone 0 tools/gatesim run scenarios/quickstart
    says stdout "7 changes arrived: 6 landed"
    alone 0 tools/gatesim lesson start --name ana
    says stdout "tools/gatesim lesson check"
    alone 1 tools/gatesim lesson check
    printf '{"set": {"/pools/machines/nodes": 4}}\n' >"$there/gatesim-lessons/00-warm-up/work.json"
    alone 0 tools/gatesim lesson check
    says stdout "Passed"
    alone 0 tools/gatesim lesson start 05
    cp "$there/lessons/05-bet-on-the-future/solution/work.json" "$there/gatesim-lessons/05-bet-on-the-future/"
    alone 0 tools/gatesim lesson check
    alone 0 tools/gatesim compare scenarios/quickstart --strategies zuul,serial --at-most 20
    says stdout "Answer"
}

# The room has no database of zones but the bundle's.
time_zones() {
    can_be_alone
    alone 0 tools/gatesim run scenarios/small-team --replications 2 --out out
    run 0 run "$tree/scenarios/small-team" --replications 2 --engine heap --out out
    local table
    for table in changes queue reviews; do
        cmp -s "$there/out/$table.csv" out/$table.csv || fail "another $table.csv without the system's time zones"
    done
    alone 2 tools/gatesim run scenarios/small-team --set /period/timezone=Europe/Amsterdan
    says stderr "Europe/Amsterdam"
}

no_simgrid() {
    ends 2 "$there/tools/gatesim" run "$there/scenarios/quickstart" --engine simgrid
    says stderr "built without SimGrid"
    says stderr "--engine heap"
    ends 2 "$there/tools/gatesim" run "$there/scenarios/quickstart" --set /pools/default/compute=simgrid
    says stderr "compute: ps"
}

same_bytes() {
    local scenario table tables=0
    for scenario in quickstart small-team flaky-monday github-queue-2025; do
        run 0 run "$tree/scenarios/$scenario" --engine heap --replications 2 --out ours
        ends 0 "$there/tools/gatesim" run "$there/scenarios/$scenario" --replications 2 --out theirs
        for table in ours/*.csv; do
            cmp -s "$table" "theirs/${table#ours/}" || fail "$scenario: another ${table#ours/}"
            tables=$((tables + 1))
        done
        rm -r ours theirs
    done
    ((tables >= 12)) || fail "only $tables tables were compared"
    run 0 compare "$tree/scenarios/quickstart" --strategies zuul,serial --engine heap --replications 10 --json --out ours
    mv stdout ours.json
    ends 0 "$there/tools/gatesim" compare "$there/scenarios/quickstart" --strategies zuul,serial --replications 10 --json --out theirs
    cmp -s ours/replications.csv theirs/replications.csv || fail "compare says something else"
}

doctor() {
    ends 0 "$tree/tools/doctor" --bundle "$bundle"
    says stdout "are as they were packed"
    says stdout "gives the results that it should"
    says stdout "Ready: tools/gatesim lesson start"
    head -c 100000 "$bundle" >half.tar.gz
    ends 4 "$tree/tools/doctor" --bundle half.tar.gz
    says stderr "no bundle, or not all of it"
    ends 4 "$tree/tools/doctor" --bundle nowhere.tar.gz
    echo "x" >>"$there/lessons/track.json"
    cd "$there" || exit 1
    ends 4 tools/doctor
    says stdout "✗ files"
    says stdout "lessons/track.json"
}

"$case"
