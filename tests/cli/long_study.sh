# shellcheck shell=bash
#
# Scenarios and comparisons that several tests of the command line use. Sourced after support.sh.

# Two days, 60 changes a day: serial, at 40 minutes a change, cannot keep up.
a_scenario() {
    cat >small.json <<'END'
{"title": "Small", "period": {"length": "2d"},
 "load": {"arrivals": {"rate": "60/day"}, "after_ejection": {"retry": "100%", "after": "1h", "max": 3}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "12m", "sigma": 0.3}}, "full": {"duration": "40m", "flake": "3%"}},
 "pools": {"default": {"nodes": 30, "boot": "2m"}}, "failures": {"defect": "5%"}}
END
}

# a_long_study [REPLICATIONS]: the same with a hundred days, so that a study lasts long enough to be killed.
a_long_study() {
    a_scenario
    sed -i 's/"2d"/"100d"/' small.json
    study=(compare small.json --strategies zuul,zuul-default --variant "narrow:/strategy/window=2" --replications "${1:-6}"
        --engine heap --no-progress)
}

without_machine() { sed '/^  "engine"/d; /^  "timing"/,/^  }/d' "$1"; }

# same A B: two folders of a study hold the same bytes.
same() {
    local file name
    [[ $(ls "$1") == "$(ls "$2")" ]] || fail "other files"
    for file in "$1"/*; do
        name=${file##*/}
        case $name in
            compare.json | sweep.json) diff <(without_machine "$file") <(without_machine "$2/$name") >stdout || fail "$name differs" ;;
            *) cmp -s "$file" "$2/$name" || fail "$name differs" ;;
        esac
    done
}

finished() { tail -n +2 "$1/journal.jsonl" 2>/dev/null | wc -l; }

# Waits until the study in folder $1 has finished $2 replications.
until_finished() {
    for _ in {1..600}; do
        (($(finished "$1") >= $2)) && return
        sleep 0.05
    done
    fail "it does not get on"
}

# Killed without mercy, the study goes on where it was and ends as if nothing had happened.
killed_and_resumed() {
    run 0 "${study[@]}" --out whole
    "$program" "${study[@]}" --out killed --jobs 2 >stdout 2>stderr &
    local process=$!
    until_finished killed 4
    kill -KILL $process
    wait $process 2>/dev/null
    local before
    before=$(finished killed)
    ((before >= 4 && before < 18)) || fail "$before replications were finished"
    [[ ! -e killed/${study[0]}.json ]] || fail "it is there before it is whole"
    printf '{"arm_sha256":"half a line' >>killed/journal.jsonl
    run 0 "${study[@]}" --out killed --jobs 2 --resume
    says stderr "$before finished replications are there already"
    says stderr "1 line is damaged; what it stood for is done again"
    same whole killed
    # Nothing is left to do: the same once more, without a replication.
    run 0 "${study[@]}" --out killed --resume
    says stdout "0 events in"
    same whole killed
}
