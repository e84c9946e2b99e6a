# shellcheck shell=bash disable=SC2154  # program comes from the script that sources this
#
# What the tests of the command line share. Sourced by each, which has set `program`: from here on it is in an empty folder
# of its own that goes when it ends. What a program printed is always in the files stdout and stderr there.

here=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")
temporary=$(mktemp -d)
trap 'chmod -R u+w "$temporary"; rm -rf "$temporary"' EXIT
export GATESIM_CALLED_AS=gatesim PYTHONDONTWRITEBYTECODE=1
unset NO_COLOR CLICOLOR_FORCE
cd "$temporary" || exit 1

fail() {
    printf 'FAILED: %s\n--- stdout\n' "$1"
    cat stdout
    printf -- '--- stderr\n'
    cat stderr
    exit 1
} 2>/dev/null

# ends CODE COMMAND...: it does, with that exit code, and in time.
ends() {
    local expected=$1 code
    shift
    timeout 120 "$@" >stdout 2>stderr </dev/null
    code=$?
    ((code == expected)) || fail "exit code $code instead of $expected: $*"
}

# run CODE ARGUMENT...: gatesim ends with that exit code.
run() { ends "$1" "$program" "${@:2}"; }

# FILE and a text that stands in it, or must not.
says() { grep -qF -- "$2" "$1" || fail "$1 lacks: $2"; }
says_not() { grep -qF -- "$2" "$1" && fail "$1 has: $2"; return 0; }
says_nothing() { [[ ! -s $1 ]] || fail "$1 is not empty"; }

# member DOCUMENT NAME: prints that member of a JSON object.
member() { cmake "-DFILE=$1" "-DMEMBER=$2" -P "$here/json_member.cmake"; }

# No line on stdout is wider than a terminal of 80 columns: characters, not bytes. Commands to be copied may be.
fits() {
    local wide
    wide=$(LC_ALL=C.UTF-8 grep -E '^.{81,}' stdout | grep -v '^Again')
    [[ -z $wide ]] || fail "wider than 80 columns: $wide"
}
