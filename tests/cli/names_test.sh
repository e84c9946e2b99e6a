#!/usr/bin/env bash
# names_test.sh TREE PROGRAM CASE: what somebody types who knows gates by other names; one case, in a folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
ln -s "$tree/scenarios" scenarios

# Products, companies and rules; each leads to the strategy that a person who types it means, first.
case_strategies() {
    local typed meant
    while read -r typed meant; do
        run 2 run scenarios/quickstart --strategy "$typed"
        says stderr "there is no strategy \"$typed\"; did you mean $meant?"
    done <<'END'
uber submitqueue
bors bors-ng or rust-bors
homu rust-bors or serial
prow tide
kubernetes tide
merge-queue github, gitlab-train or mergify
mergequeue github, gitlab-train or mergify
mq github, gitlab-train or mergify
gerrit zuul
cq chromium-cq
kodiak serial
bulldozer rebase-race
openstack zuul-openstack
depend zuul
train gitlab-train
merge-train gitlab-train
google tap
rust rust-bors
bisect batch-bisect
fifo serial
speculative optimistic or submitqueue
auto-merge rebase-race
stovepipe post-merge
palantir rebase-race
opendev zuul
commit-queue chromium-cq
Uber submitqueue
ubre submitqueue
uber-queue submitqueue
END
    for typed in uber kodiak google; do
        run 2 describe $typed
        says stderr "nothing is called \"$typed\"; did you mean "
    done
    run 0 describe prow
    says stdout "gatesim describe tide tells more"
    run 2 compare scenarios/quickstart --strategies zuul,uber
    says stderr 'did you mean submitqueue?'
    run 2 run scenarios/quickstart --set /strategy=uber
    says stderr 'did you mean "submitqueue"?'
    run 2 verify --strategy uber
    says stderr 'did you mean submitqueue?'
    run 2 run scenarios/quickstart --strategy weather
    says_not stderr "did you mean"
}

# The name of a kind lists what there is of it; what list prints can be described.
case_kinds() {
    local kind name
    for kind in scenarios strategies assignments metrics tables commands; do
        run 0 describe $kind
        cp stdout described
        run 0 list $kind
        (($(wc -l <stdout) > 2)) || fail "nothing is listed of $kind"
        [[ $(head -n "$(wc -l <stdout)" described) == "$(<stdout)" ]] || fail "describe $kind lists something else"
        while read -r name; do
            run 0 describe "$name"
            [[ -s stdout ]] || fail "nothing about $name"
        done < <(sed -n 's/^  \([^ ][^ ]*\)  *.*/\1/p' described | grep -v '^none:')
    done
    run 0 describe quickstart
    says stdout "an hour at a gate"
    says stdout "gatesim run scenarios/quickstart"
    run 2 describe metrisc
    says stderr "did you mean metrics?"
    # What run recommends can be typed.
    run 0 run scenarios/quickstart
    for name in $(sed -n 's/.*also: \(.*\)/\1/p' stdout | tr -d ,); do run 0 describe "$name"; done
}

"case_${3:?a case}"
