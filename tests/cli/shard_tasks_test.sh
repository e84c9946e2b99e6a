#!/usr/bin/env bash
# shard_tasks_test.sh TREE PROGRAM CASE: shards as tasks of GNU parallel and of Slurm, where they are installed; one case, in a
# folder of its own.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
source "$here/long_study.sh"
source "$here/shards_support.sh"

skip() { echo "skipped: $*"; exit 77; }

# A scenario whose name a shell, and GNU parallel, would take apart.
hard_names() {
    a_scenario
    mkdir "a {} folder" "bin"
    mv small.json "a {} folder/it's \$small.json"
    ln -s "$program" bin/gatesim
    export PATH=$PWD/bin:$PATH
    study=(compare "a {} folder/it's \$small.json" --strategies zuul,serial --replications 3 --engine heap --no-progress)
    whole
}

# joins_as_whole ENGINE: the script that is printed gives every byte of the study on one machine.
joins_as_whole() {
    run 0 "${study[@]}" --out "the {} results" --print-tasks "$1" --shards 4
    cp stdout tasks.sh
    ends 0 sh tasks.sh
    printed stdout | sed '/^Submitted batch job/d' | cmp -s - whole.printed || fail "it prints something else"
    rm -rf joined && mkdir joined && cp "the {} results"/*.* joined/
    same whole joined
    # Started again, it runs nothing.
    before=$(cat "the {} results"/shard-*/journal.jsonl | sha256sum)
    ends 0 sh tasks.sh
    [[ $before == "$(cat "the {} results"/shard-*/journal.jsonl | sha256sum)" ]] || fail "something was run again"
}

case_tasks() {
    hard_names
    run 0 "${study[@]}" --out "the {} results" --print-tasks parallel --shards 3 --report
    [[ $(grep -c "^gatesim compare 'a {} folder/it'\\\\''s \$small.json' .* --shard [123]/3 --jobs 1 --quiet$" stdout) == 3 ]] || fail "not three lines"
    [[ $(tail -1 stdout) == "gatesim compare 'a {} folder/it'\\''s \$small.json' --seed 1 --strategies zuul,serial --replications 3 --engine heap --out 'the {} results' --merge 'the {} results' --report" ]] ||
        fail "it does not end with the merge"
    [[ ! -e "the {} results" ]] || fail "something was written"
    # Without GNU parallel the lines do, one by one.
    sed -n "/^PARALLEL_SHELL/,/^SHARDS/p" stdout | sed '1d;$d' >lines
    cp stdout tasks.sh
    ends 0 sh lines
    sh -c "$(tail -1 tasks.sh)" >stdout 2>stderr || fail "the merge failed"
    printed stdout | sed '/^Page /d' | grep -q "^Answer" || fail "no answer"
    run 0 "${study[@]}" --print-tasks slurm --jobs 2
    says stdout "#SBATCH --array=1-8"
    says stdout "#SBATCH --cpus-per-task=2"
    says stdout '--shard "$SLURM_ARRAY_TASK_ID/8" --jobs 2 --quiet'
    run 2 "${study[@]}" --variant $'x:/strategy={"name":\n"tide"}' --print-tasks slurm
    says stderr "a value has a line break"
}

case_parallel() {
    command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q GNU || skip "GNU parallel is not installed"
    hard_names
    joins_as_whole parallel
}

case_slurm() {
    source "$here/slurm_loopback.sh"
    slurm_starts || skip "$slurm_trouble"
    hard_names
    joins_as_whole slurm
}

"case_$3"
