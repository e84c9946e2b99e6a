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

# What was printed as one line, in the file told.
told() { tr -s ' \n' '  ' <stdout >told; }

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
    told
    says told "C is ejected: job pipe failed. [In truth A and B are fine alone and break together.] It is ejected though innocent."

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
    told
    says told "b is ejected: job ci failed. [In truth a and b are fine alone and break together.]"
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

# Who lands although its own job was red says so, and who vouched for it.
case_witness() {
    # GitHub's documentation of merge queues: with "only merge non-failing pull requests" off, a red one lands if the last of
    # its group is green.
    cat >witness.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s", "jobs": {"ci": {"fails_on_run": [0]}}},
    "b": {"enqueue_at": "0s"}}},
 "jobs": {"ci": {"duration": "10m"}}, "strategy": "github-headgreen"}
END
    run 0 run witness.json
    told
    says told "a lands: its own job ci failed, but b, tested on top of it, passed, 10 min after it entered."
    says told "b lands: all its jobs passed, 10 min after it entered."
    run 0 explain a witness.json
    says_not stdout "all its jobs passed"
    says stdout "a lands: its own job ci failed, but b"

    # One whose check never reports (ruby/rbs issue 3032) is not told as passed, either.
    sed 's/"fails_on_run": \[0\]/"duration": "10d"/; s/"github-headgreen"/{"name": "github-headgreen", "optimistic": true}/' \
        witness.json >never.json
    run 0 run never.json
    told
    says told "a lands: its own tests were not over, but b, tested on top of it, passed"

    # Jobs that do not vote, and jobs that are skipped, did not pass.
    cat >kinds.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s", "jobs": {"style": {"fails": true}}},
    "b": {"enqueue_at": "0s", "jobs": {"build": {"child_jobs": []}}},
    "c": {"enqueue_at": "0s"}}},
 "jobs": {"build": {"duration": "5m"}, "full": {"duration": "10m", "needs": ["build"]},
          "style": {"duration": "1m", "voting": false}},
 "strategy": "STRATEGY"}
END
    local strategy
    for strategy in zuul serial github; do
        sed "s/STRATEGY/$strategy/" kinds.json >kind.json
        run 0 run kind.json
        says stdout "a lands: all its voting jobs passed"
        says stdout "b lands: all its jobs passed that were not skipped"
        says stdout "c lands: all its jobs passed, "
    done
    run 0 run kind.json --strategy post-merge
    says stdout "a lands: nobody waits for its tests"

    # Totals count from when a change first asked to land, and so does its line.
    cat >back.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s", "jobs": {"ci": {"fails_on_run": [0]}}}},
          "after_ejection": {"retry": "100%", "after": "1h"}},
 "jobs": {"ci": {"duration": "10m"}}, "strategy": "STRATEGY"}
END
    sed 's/STRATEGY/serial/' back.json >came.json
    run 0 run came.json
    says stdout "a lands: all its jobs passed, 80 min after it first asked to land."
    told
    says told "From entering to landing a change took 80 min on average"
}

# Where nodes have a price, what they cost stands where everything else stands.
case_cost() {
    # margince issue 1966 asks what a queue costs a month: 12 jobs a change, 67 minutes of them together, the longest 16.5.
    cat >cost.json <<'END'
{"period": {"length": "2d"}, "load": {"arrivals": {"rate": "74/day"}},
 "jobs": {"longest": {"duration": "16m30s"}, "rest": {"duration": "50m30s"}},
 "pools": {"actions": {"price": "0.48 USD/h"}}, "strategy": {"name": "github", "window": 1}}
END
    run 0 run cost.json --replications 3
    grep -qE '^cost +[0-9.]+ USD' stdout || fail "no cost in the table"
    sed 's/"price": "0.48 USD.h"//' cost.json >free.json
    run 0 run free.json --replications 3
    grep -q '^cost' stdout && fail "a cost without a price"
    cat >few.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "0s"}}}, "jobs": {"ci": {"duration": "1h"}},
 "pools": {"actions": {"price": "0.50 USD/h"}}, "strategy": "zuul"}
END
    run 0 run few.json
    told
    says told "Nodes cost 1.00 USD in all."
}

# A limit that no run can keep is warned of before anything runs, and a limit that ends something says so.
case_limit() {
    # What people typed who found everything ejected (rust's bors, aprender, kube-agents): an hour is the default.
    cat >short.json <<'END'
{"load": {"arrivals": {"rate": "10/day"}}, "period": {"length": "5d"}, "jobs": {"full": {"duration": "3h"}},
 "strategy": "STRATEGY"}
END
    local strategy
    for strategy in bors-ng github; do
        sed "s/STRATEGY/$strategy/" short.json >limit.json
        run 0 run limit.json
        says stderr "! $strategy's time limit of 1 h (/strategy/timeout) is too short for full, whose builds take 3 h at least"
        told
        says told "ran into $strategy's time limit of 1 h (/strategy/timeout)."
        says told "% of"
        run 0 run limit.json --json
        [[ $(member stdout "metrics;innocent_ejections;mean") == "$(member stdout "metrics;ejections;mean")" ]] ||
            fail "the limit makes somebody guilty"
        says stdout '"limit_too_short"'
        run 0 explain c1 limit.json
        says_not stdout "infrastructure"
        says stdout "time limit"
    done
    sed 's/STRATEGY/zuul/; s/"3h"/"3h", "timeout": "2h"/' short.json >own.json
    run 0 run own.json
    says stderr "! The time limit of 2 h (/jobs/full/timeout) is too short for full"
    sed 's/STRATEGY/github/; s/"3h"/"50m"/' short.json >fine.json
    run 0 run fine.json --no-progress
    says_nothing stderr
    says_not stdout "time limit"

    # One after the other the jobs take longer than each of them.
    sed 's/STRATEGY/github/; s/{"full": {"duration": "3h"}}/{"build": {"duration": "40m"}, "full": {"duration": "50m", "needs": ["build"]}}/' \
        short.json >chain.json
    run 0 run chain.json --no-progress
    says stderr "is too short for full, which is over after 90 min with what it needs at least: no change"

    # One that binds now and then: its share is that of the builds.
    cat >binds.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "3h", "jobs": {"e2e": {"duration": "2h"}}},
    "c": {"enqueue_at": "6h"}, "d": {"enqueue_at": "9h"}}},
 "jobs": {"e2e": {"duration": "30m"}, "unit": {"duration": "5m"}}, "strategy": "github"}
END
    run 0 run binds.json
    says_nothing stderr
    told
    says told "25 % of e2e builds (1 of 4) ran into github's time limit of 1 h (/strategy/timeout)."
    says_not told "infrastructure"
    run 0 compare binds.json --strategies github,zuul --replications 2 --no-progress
    told
    says told "e2e builds (2 of 8) ran into github's time limit of 1 h"
}

# What was for nothing, by cause, and the same for every strategy.
case_waste() {
    # fabrik issue 964: every run is red while the runners are in trouble, and nothing lands.
    cat >outage.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "1m"}, "b": {"enqueue_at": "1m"}}}, "jobs": {"validate": {"duration": "60m"}},
 "failures": {"troubles": {"billing": {"every": "1s", "lasts": "365d"}}}, "strategy": {"name": "batch", "size": 2}}
END
    run 0 run outage.json
    told
    says told "3.0 of 3.0 machine hours were for nothing: 3.0 h lost to outages."
    run 0 run outage.json --json
    metric node_hours_outage 3.0
    metric node_hours_wasted 3.0
    metric waste_share 1.0

    # The branch is broken: red through the fault of none of them. A flake and a time limit are nobody's fault, either.
    cat >broken.json <<'END'
{"load": {"changes": {
    "bad": {"breaks": ["ci"]}, "a": {"enqueue_at": "1m"}, "b": {"enqueue_at": "1m"}},
  "events": [{"at": "0s", "type": "merge", "change": "bad"}]},
 "jobs": {"ci": {"duration": "60m"}}, "strategy": "STRATEGY"}
END
    cat >flake.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s", "jobs": {"ci": {"fails_on_run": [0]}}},
    "b": {"enqueue_at": "3h", "jobs": {"ci": {"fails": true}}}}},
 "jobs": {"ci": {"duration": "60m"}}, "strategy": "STRATEGY"}
END
    local strategy
    for strategy in serial zuul github gitlab-train tide bors-ng; do
        sed "s/STRATEGY/$strategy/" broken.json >red.json
        run 0 run red.json --json
        metric waste_share 1.0
        [[ $(member stdout "metrics;node_hours_red;mean") != 0.0 ]] || fail "nothing is red under $strategy"
        sed "s/STRATEGY/$strategy/" flake.json >one.json
        run 0 run one.json --json
        metric node_hours_red 1.0
        metric node_hours_wasted 1.0
    done

    # The first of three is taken out by hand, or replaced: the two behind start anew, once, and nothing else is a reset.
    cat >removed.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "0s"}, "c": {"enqueue_at": "0s"}},
  "events": [{"at": "4m", EVENT}]},
 "jobs": {"ci": {"duration": "12m"}}, "strategy": "STRATEGY"}
END
    local event
    for strategy in zuul github gitlab-train mergify trunk aviator; do
        for event in '"type": "dequeue", "change": "a"' '"type": "new_patchset", "change": "a"' \
            '"type": "promote", "changes": ["c"]'; do
            sed "s/STRATEGY/$strategy/; s/EVENT/$event/" removed.json >event.json
            run 0 run event.json --json
            metric gate_resets 1.0
            [[ $event == *promote* ]] && metric builds_reset 3.0 && continue
            metric builds_reset 2.0
            [[ $(member stdout "metrics;node_hours_reset;mean") == 0.1333* ]] || fail "not 8 minutes under $strategy"
            local what=removed
            [[ $event == *new_patchset* ]] && what=superseded
            [[ $(member stdout "metrics;node_hours_$what;mean") == 0.0666* ]] || fail "not 4 minutes under $strategy"
            run 0 run event.json
            says stdout "RESET of b"
            says_not stdout "RESET of a"
        done
        sed "s/STRATEGY/$strategy/; s/EVENT/\"type\": \"dequeue\", \"change\": \"c\"/" removed.json >event.json
        run 0 run event.json --json
        metric gate_resets 0.0
        metric builds_reset 0.0
        says_not stdout "RESET"
    done
    # Who needs one that left leaves with it, and is not reset.
    cat >needy.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s", "breaks": ["ci"]},
    "b": {"enqueue_at": "0s", "depends_on": ["a"], "jobs": {"ci": {"duration": "20m"}}},
    "c": {"enqueue_at": "0s", "jobs": {"ci": {"duration": "25m"}}}}},
 "jobs": {"ci": {"duration": "12m"}}, "strategy": "STRATEGY"}
END
    for strategy in zuul github gitlab-train mergify trunk; do
        sed "s/STRATEGY/$strategy/" needy.json >event.json
        run 0 run event.json --json
        metric gate_resets 1.0
        metric builds_reset 1.0
        [[ $(member stdout "metrics;node_hours_reset;mean") == 0.2* ]] || fail "not 12 minutes of c under $strategy"
        [[ $(member stdout "metrics;node_hours_removed;mean") == 0.2* ]] || fail "not 12 minutes of b under $strategy"
    done
    # In a batch the others start anew, all of whom are named.
    sed 's/"STRATEGY"/{"name": "batch", "size": 3}/; s/EVENT/"type": "dequeue", "change": "a"/' removed.json >event.json
    run 0 run event.json
    says stdout "RESET of b and c: a, ahead of it, was taken out. Thrown away: 1 build"
}

# Why changes were ejected, in every report.
case_causes() {
    cat >causes.json <<'END'
{"load": {"changes": {
    "a": {"enqueue_at": "0s", "touches": ["x"]},
    "b": {"enqueue_at": "0s", "touches": ["x"]},
    "own": {"enqueue_at": "5h", "breaks": ["ci"]},
    "flaky": {"enqueue_at": "10h", "jobs": {"ci": {"fails_on_run": [0]}}},
    "slow": {"enqueue_at": "15h", "jobs": {"ci": {"duration": "2h"}}},
    "nodes": {"enqueue_at": "20h", "jobs": {"ci": {"node_failure": true}}},
    "gone": {"enqueue_at": "25h"},
    "rude": {"enqueue_at": "30h", "merge_conflict": true},
    "needy": {"enqueue_at": "25h", "depends_on": ["gone"]}},
  "events": [{"at": "1505m", "type": "dequeue", "change": "gone"}]},
 "jobs": {"ci": {"duration": "30m"}}, "failures": {"overlap": {"semantic": "100%"}}, "strategy": "STRATEGY"}
END
    local strategy cause
    for strategy in github zuul; do
        sed "s/STRATEGY/$strategy/" causes.json >some.json
        [[ $strategy == github ]] || sed -i 's/"30m"/"30m", "timeout": "1h"/' some.json
        run 0 run some.json --json
        for cause in own_defect clash flake time_limit infrastructure conflict dependency by_hand; do
            metric "ejections_$cause" 1.0
        done
        metric ejections 8.0
        [[ $(member stdout "ejection_causes;time_limit;share_of_changes") == 0.1111* ]] || fail "not one of nine"
        run 0 run some.json
        told
        says told "By cause: 1 own defect (11 % of changes), 1 semantic conflict (11 %), 1 flake (11 %)"
        run 0 run some.json --replications 2
        told
        says told "Ejections by cause (shares of the changes that arrived): own defect 1.0 (11 %)"
    done
    run 0 compare some.json --strategies zuul,github --replications 2 --no-progress
    told
    says told "zuul: own defect 1.0 (11 %), semantic conflict 1.0 (11 %), flake 1.0 (11 %)"
    says told "github: own defect 1.0 (11 %)"
    run 0 sweep some.json --over /jobs/ci/flake=0%,1% --replications 2 --no-progress
    told
    says told "Ejections by cause in flake=0% (shares of the changes that arrived): own defect 1.0 (11 %)"
}

"case_$3"
