#!/usr/bin/env bash
# plan_test.sh TREE PROGRAM CASE: plan; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios
source "$here/long_study.sh"

# Independent jobs on one pool: 10 an hour, each an hour long, so ten nodes are busy and the wait is Erlang's.
a_pool() {
    cat >pool.json <<'END'
{"title": "One pool", "period": {"kind": "steady", "length": "4d"}, "load": {"arrivals": {"rate": "10/h"}},
 "jobs": {"job": {"duration": {"dist": "exponential", "mean": "60m"}}}, "pools": {"default": {"nodes": 12}},
 "pipelines": {"check": {"manager": "independent"}}, "projects": {"p": {"check": ["job"]}}}
END
}

plan_pool=(plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/nodes=8..24 --engine heap --no-progress)

# What the answer says, however its lines are broken.
answers() { tr -s ' \n' ' ' <stdout | grep -qF -- "$1" || fail "it does not say: $1"; }

case_answer() {
    a_pool
    run 0 "${plan_pool[@]}"
    fits
    says stdout "★ least that keeps"
    says stdout "Answer (least that keeps what is promised): nodes="
    answers "It is the cheapest, too (fewest nodes)."
    says stdout "twice the load: about nodes="
    says stdout "Excluded"
    local answer excluded
    answer=$(member out/plan-pool-1/plan.json "answer;/pools/default/nodes")
    ((answer > 10 && answer < 18)) || fail "another answer: $answer"
    excluded=$(member out/plan-pool-1/plan.json "excluded;0;at;/pools/default/nodes")
    ((excluded < answer)) || fail "$excluded is excluded, and $answer is the answer"
    [[ $(member out/plan-pool-1/plan.json "headroom;0;set;0") == /load/arrivals/rate=20/h ]] || fail "twice the load"
    [[ $(member out/plan-pool-1/plan.json "cheapest;by") == nodes ]] || fail "the fewest nodes are the cheapest"
    [[ $(member out/plan-pool-1/plan.json "breaks_first;0;at;/pools/default/nodes") == $((answer - 1)) ]] || fail "what breaks"
    [[ $(head -1 out/plan-pool-1/plan.csv) == /pools/default/nodes,standing,judged,* ]] || fail "header"
}

# The same question, the same bytes, however many processes and however often it was killed.
case_same_bytes() {
    a_pool
    run 0 "${plan_pool[@]}" --out one --jobs 1
    run 0 "${plan_pool[@]}" --out two --jobs 2
    for file in plan.csv plan.txt journal.jsonl; do cmp one/$file two/$file || fail "$file differs"; done
    diff <(without_machine one/plan.json) <(without_machine two/plan.json) || fail "plan.json differs"
    "$program" "${plan_pool[@]}" --out three --jobs 2 >stdout 2>stderr &
    local process=$!
    until_finished three 12
    kill -KILL $process
    wait $process 2>/dev/null
    run 0 "${plan_pool[@]}" --out three --resume
    says stderr "finished replications are there already"
    for file in plan.csv plan.txt journal.jsonl; do cmp one/$file three/$file || fail "$file differs after a kill"; done
    run 0 "${plan_pool[@]}" --out three --resume
    says stdout "0 events in"
}

# The scenario's own expectations; two promises of which one wants more and one less.
case_promises() {
    a_scenario
    sed -i 's/"failures"/"expect": ["landing_time_s.p95 <= 4h"], "failures"/' small.json
    run 0 plan small.json --over /pools/default/nodes=2..20 --engine heap --no-headroom
    says stdout "Promised: landing_time_s.p95 <= 4h."
    says_not stdout "Head-room"
    run 0 plan small.json --promise 'landing_time_s.p95 <= 4h' --promise 'waste_share <= 40%' --over /pools/default/nodes=2..20 \
        --engine heap --no-headroom --json
    [[ $(member stdout "promises;1;promise") == "waste_share <= 40%" ]] || fail "the second promise"
    # Fewer waste less and land later: each promise can be kept.
    run 1 plan small.json --promise 'landing_time_s.p95 <= 2h' --promise 'waste_share <= 6%' --over /pools/default/nodes=2..20 \
        --engine heap --no-headroom
    answers "no configuration is known to keep landing_time_s.p95 <= 2h and waste_share <= 6%."
}

# A promise below the longest job is kept at no price: the report says how near it gets and why.
case_floor() {
    a_scenario
    run 1 plan small.json --promise 'landing_time_s.p95 <= 30m' --over /pools/default/nodes=4..40 --engine heap
    answers "no configuration is known to keep landing_time_s.p95 <= 30m"
    answers "The longest chain of jobs (full) takes 40 min on average, which alone is more than is promised."
    [[ -z $(member out/plan-small-1/plan.json answer) || $(member out/plan-small-1/plan.json answer) == null ]] || fail "an answer"
    # Too few nodes everywhere is another thing.
    run 1 plan small.json --promise 'landing_time_s.p95 <= 4h' --over /pools/default/nodes=1,2 --engine heap
    answers "more nodes than the range has can keep it"
}

# Of a pool that lives the most is what can be without limit, not how many are up at the beginning.
case_living() {
    a_pool
    sed -i 's/{"nodes": 12}/{"scaling": "arc", "boot": "2m", "max": 12}/' pool.json
    run 0 plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/max=8..24 --engine heap --no-progress
    answers "is the least that keeps node_wait_s.p95 <= 20m"
    run 1 plan pool.json --promise 'node_wait_s.p50 <= 1s' --over /pools/default/max=8,24 --engine heap --no-progress
    answers "no configuration is known to keep node_wait_s.p50 <= 1s"
}

# Interrupted: what there is so far, marked, and --resume goes on.
case_interrupt() {
    a_pool
    sed -i 's/"4d"/"60d"/' pool.json
    "$program" "${plan_pool[@]}" --out cut --jobs 1 >stdout 2>stderr &
    local process=$!
    until_finished cut 5
    kill -INT $process
    wait $process
    local code=$?
    ((code == 130)) || fail "exit code $code instead of 130"
    answers "Answer (least that keeps what is promised): the search was stopped."
    [[ $(member cut/plan.json partial) == ON ]] || fail "it is not marked partial"
}

case_page() {
    a_pool
    run 0 "${plan_pool[@]}" --report --quiet
    says out/plan-pool-1/report.html "What is the least that keeps node_wait_s.p95"
    says out/plan-pool-1/report.html "promised: node_wait_s.p95"
    run 2 report out/plan-pool-1
    says stderr "is a plan; \`plan\` makes its page itself"
}

case_bad_input() {
    a_pool
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20m'
    says stderr "--over is missing: --over /pools/default/nodes=10..80"
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/nodes=12
    says stderr "has one value, so there is nothing to choose"
    run 2 plan pool.json --promise 'node_wait.p95 <= 20m' --over /pools/default/nodes=8..24
    says stderr 'there is no metric "node_wait.p95"'
    says stderr 'node_wait_s.p95'
    says stderr '--promise'
    run 2 plan pool.json --promise 'node_wait_s.p95 20m' --over /pools/default/nodes=8..24
    says stderr "it compares nothing"
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20' --over /pools/default/nodes=8..24
    says stderr "is a time"
    run 2 plan pool.json --promise 'node_wait_s.p95 == 20m' --over /pools/default/nodes=8..24
    says stderr "say <= or >="
    run 2 plan pool.json --over /pools/default/nodes=8..24
    says stderr 'there is no promise: the scenario has no "expect"'
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/nodes=24..8
    says stderr "goes down; write 8..24"
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/nodes=8..24 --minimise kost
    says stderr 'cost'
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/nodes=8..24 --minimise landed
    says stderr "more of it is better"
    run 2 plan pool.json --promise 'node_wait_s.p95 <= 20m' --over /pools/default/nodes=8..24 --confidence 20%
    says stderr "at least 50%"
}

"case_$3"
