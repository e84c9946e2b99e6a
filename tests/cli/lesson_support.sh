# What the tests of lessons share, each case in a folder of its own: the file NAME_test.sh TREE PROGRAM CASE sources this.
set -uo pipefail

tree=$1
program=$2
# shellcheck source=tests/cli/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
export COLUMNS=80 LINES=24 NO_COLOR=1 USER=ana
mkdir course
cp -r "$tree/lessons" course/lessons
cd course || exit 1
desk=gatesim-lessons
mine=$desk/00-warm-up/work.json

# lesson EXPECTED-EXIT-CODE ARGUMENT...: what it printed is then in the files stdout and stderr.
lesson() {
    local expected=$1 code
    shift
    "$program" lesson "$@" >stdout 2>stderr </dev/null
    code=$?
    ((code == expected)) || fail "exit code $code instead of $expected: gatesim lesson $*"
    grep -q $'\x1b' stdout stderr && fail "it uses colours or moves the cursor: gatesim lesson $*"
    return 0
}

# No line of a page is wider than the screen (characters, not bytes).
fits() {
    local wide
    wide=$(LC_ALL=C.UTF-8 grep -E '^.{81,}' stdout)
    [[ -z $wide ]] || fail "wider than 80 columns: $wide"
}
four() { printf '{"set": {"/pools/machines/nodes": 4}}\n' >$mine; }
