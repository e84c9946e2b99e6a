#!/usr/bin/env bash
# new_strategy_test.sh TREE PROGRAM CASE: tools/new-strategy, and PROGRAM, a gatesim with what it wrote as `newly-begun`.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

a_tree() {
    mkdir -p copy/sim/strategy copy/tests/story
    cp "$tree/sim/strategy/CMakeLists.txt" "$tree"/sim/strategy/*.cpp "$tree"/sim/strategy/*.hpp copy/sim/strategy
    cp "$tree/tests/story/CMakeLists.txt" copy/tests/story
    cp "$tree/CHANGELOG.md" copy
}
begin=(bash "$tree/tools/new-strategy" --root copy)

case_contract() {
    run 0 verify --strategy newly-begun --trials 500 --no-progress
    says stdout 'newly-begun keeps the contract: 500 random scenarios'
    run 0 run "$tree/scenarios/quickstart" --strategy newly-begun --out out
    says stdout 'strategy newly-begun'
}

case_pages() {
    run 0 list strategies
    says stdout 'newly-begun'
    run 0 describe newly-begun
    says stdout 'width = 4'
    run 2 run "$tree/scenarios/quickstart" --strategy newly-begun --set /strategy/widht=3 --out out
    says stderr 'did you mean "width"?'
}

case_names() {
    a_tree
    ends 0 "${begin[@]}" my-queue
    says stdout 'sim/strategy/my_queue.cpp'
    says copy/sim/strategy/my_queue.cpp 'class MyQueue final : public Strategy'
    says copy/tests/story/my_queue_test.cpp 'Story story("my-queue");'
    says copy/sim/strategy/CMakeLists.txt ' my_queue.cpp'
    says copy/tests/story/CMakeLists.txt ' my_queue_test.cpp'
    # shellcheck disable=SC2016
    says copy/CHANGELOG.md 'Strategy `my-queue`'
    ! grep -q '@' copy/sim/strategy/my_queue.cpp copy/tests/story/my_queue_test.cpp || fail 'a mark was left'
    # All that was there is still there, each line once.
    for file in sim/strategy/CMakeLists.txt CHANGELOG.md; do
        [[ -z $(comm -23 <(sort "$tree/$file") <(sort "copy/$file")) ]] || fail "lines of $file are gone"
    done
    ends 2 "${begin[@]}" my-queue
    says stderr 'my-queue is taken: there is sim/strategy/my_queue.cpp'
}

case_refuses() {
    a_tree
    find copy -type f -exec md5sum {} + | sort -k 2 >before
    ends 2 "${begin[@]}"
    says stderr 'NAME is missing'
    ends 2 "${begin[@]}" one two
    says stderr 'one name at a time'
    ends 2 "${begin[@]}" My_Queue
    says stderr '(perhaps: my-queue)'
    for name in 9lives -- my--queue my-queue- ../escape 'a b'; do
        ends 2 "${begin[@]}" "$name"
    done
    ends 2 "${begin[@]}" "$(printf 'a%.0s' {1..41})"
    says stderr 'longer than 40 characters'
    ends 2 "${begin[@]}" zuul
    says stderr 'zuul is taken'
    ends 2 "${begin[@]}" dorfman
    says stderr 'dorfman is taken: sim/strategy/batch.cpp'
    ends 4 bash "$tree/tools/new-strategy" --root . lonely
    says stderr 'is no tree of gatesim'
    find copy -type f -exec md5sum {} + | sort -k 2 | cmp -s before - || fail 'something was written'
}

"case_$3"
