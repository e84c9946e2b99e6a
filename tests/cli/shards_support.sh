# shellcheck shell=bash disable=SC2034,SC2154
#
# Studies on one machine and in shards, for the tests of shards. Sourced after long_study.sh; `study` is the study's command.

# A queue without an end, so that there is a warm-up to be found.
a_steady_scenario() {
    a_scenario
    sed -i 's/"length": "2d"/"kind": "steady", "length": "2d"/' small.json
}

# What a person reads, without the folder and what it took.
printed() { sed '/^Files /d; / events in .* MiB$/d' "$1"; }

# whole: the study on one machine, in the folder whole, and what it printed.
whole() {
    run 0 "${study[@]}" --out whole
    printed stdout >whole.printed
}

# in_shards N FOLDER: all shards of the study.
in_shards() {
    local i
    for ((i = 1; i <= $1; ++i)); do run 0 "${study[@]}" --out "$2" --shard "$i/$1" --quiet; done
}

# joined_as_whole FOLDER...: merging these gives every byte of the study on one machine, and runs nothing.
joined_as_whole() {
    rm -rf merged
    run 0 "${study[@]}" --out merged --merge "$@"
    says stdout "0 events in"
    printed stdout | cmp -s - whole.printed || fail "it prints something else"
    same whole merged
}
