#!/usr/bin/env bash
# blame_test.sh TREE PROGRAM CASE: who is to blame, and what it cost, as people who operate queues asked it; one case, in a
# folder of its own. Public reports are named at the scenarios that are rebuilt from them.
set -uo pipefail

program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# metric NAME VALUE: the mean of that metric in the last document.
metric() {
    local is
    is=$(member stdout "metrics;$1;mean")
    [[ $is == "$2" ]] || fail "$1 is $is, not $2"
}

# After two changes that break together everybody behind is red, too: they have no part in it.
case_bystander() {
    # gitlab-org/gitlab issue 500693: A renames what B uses; C shares nothing, its pipeline ends first and it is kicked out.
    cat >train.json <<'END'
{"load": {"changes": {
    "A": {"enqueue_at": "0s"},
    "B": {"enqueue_at": "1m", "jobs": {"pipe": {"duration": "15m", "fails_with": ["A"]}}},
    "C": {"enqueue_at": "2m", "jobs": {"pipe": {"duration": "6m"}}}}},
 "jobs": {"pipe": {"duration": "20m"}}, "strategy": "gitlab-train"}
END
    run 0 run train.json --json
    metric ejections 2.0
    metric innocent_ejections 1.0
    run 0 run train.json
    says stdout "C is ejected: job pipe failed. [In truth A and B are fine alone and break"
    says stdout "It is ejected though innocent."

    # The same where what changes touch tells who does not go together.
    cat >overlap.json <<'END'
{"load": {"changes": {
    "A": {"enqueue_at": "0s", "touches": ["fn"]},
    "B": {"enqueue_at": "1m", "touches": ["fn"], "jobs": {"pipe": {"duration": "15m"}}},
    "C": {"enqueue_at": "2m", "touches": ["other"], "jobs": {"pipe": {"duration": "6m"}}}}},
 "jobs": {"pipe": {"duration": "20m"}}, "failures": {"overlap": {"semantic": "100%"}}, "strategy": "gitlab-train"}
END
    run 0 run overlap.json --json
    metric ejections 2.0
    metric innocent_ejections 1.0

    # A batch that is given up as it is, as Mergify does when max divisions are used up: of the two that break together only
    # the later one is to blame.
    cat >batch.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s", "touches": ["x"]}, "b": {"enqueue_at": "0s", "touches": ["x"]},
    "c": {"enqueue_at": "0s", "touches": ["c"]}, "d": {"enqueue_at": "0s", "touches": ["d"]},
    "e": {"enqueue_at": "0s", "touches": ["e"]}}},
 "jobs": {"ci": {"duration": "9m"}}, "failures": {"overlap": {"semantic": "100%"}},
 "strategy": {"name": "mergify", "window": 1, "batch": 5, "wait": "1m", "divisions": 0}}
END
    run 0 run batch.json --json
    metric ejections 5.0
    metric innocent_ejections 4.0
    run 0 run batch.json
    says stdout "b is ejected: job ci failed. [In truth a and b are fine alone and break"
    says_not stdout "itself is broken"

    # Everybody who broke it is at fault, not only the first that is found.
    cat >two.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "0s", "breaks": ["ci"]}, "c": {"enqueue_at": "0s"},
    "d": {"enqueue_at": "0s", "breaks": ["ci"]}, "e": {"enqueue_at": "0s"}}},
 "jobs": {"ci": {"duration": "9m"}}, "strategy": {"name": "mergify", "window": 1, "batch": 5, "wait": "1m", "divisions": 0}}
END
    run 0 run two.json --json
    metric ejections 5.0
    metric innocent_ejections 3.0
}

"case_$3"
