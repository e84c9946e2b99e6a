#!/usr/bin/env bash
# load_size_test.sh GATESIM [MEGABYTES]: load files of any size from a pipe, in the same memory. 100 MB unless told;
# `load_size_test.sh GATESIM 10000` is the one of 10 GB.
#
# 2000 changes return again and again: what is new in such a file is found in its text, not in more changes (each costs
# some hundred bytes for ever). Rows of 100 bytes.
set -uo pipefail
gatesim=$1
megabytes=${2:-100}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary" || exit 1
pad=$(printf 'x%.0s' {1..70})

rows() { # COUNT
    awk -v n="$1" -v pad="$pad" 'BEGIN {
        print "project,change,enqueued,author"
        for (i = 0; i < n; ++i) printf "nova,I%04d,%d,%s%08d\n", i % 2000, 1372049833 + i, pad, i
    }'
}
mkfifo load.csv
cat >scenario.json <<'END'
{"load": {"replay": {"file": "load.csv"}}, "jobs": {"unit": {"duration": "9m"}}, "projects": {"nova": {}}}
END
fail() { echo "FAILED: $1"; cat stderr; exit 1; }

# peak ROWS: the largest resident set of reading that many, in MiB.
peak() {
    rows "$1" >load.csv &
    "$gatesim" run scenario.json --out out --tables none --engine heap --json >stdout 2>stderr </dev/null || fail "exit code $?"
    wait
    [[ $(sed -n '/"arrived"/,/"mean"/s/.*"mean": \([0-9]*\).*/\1/p' stdout) == 2000 ]] || fail "not 2000 changes arrived"
    sed -n 's/.*"peak_rss_mib": \([0-9]*\).*/\1/p' stdout
}
small=$(peak $((megabytes * 1000))) || { echo "$small"; exit 1; }
large=$(peak $((megabytes * 10000))) || { echo "$large"; exit 1; }
printf 'a tenth of %s MB: %s MiB; all of it: %s MiB\n' "$megabytes" "$small" "$large"
# A little for what is kept of every stay; ten times the file would be ten times as much.
((large <= small + 16 + megabytes / 4)) || fail "memory grows with the file"

# What is wrong in the very last row is told, with its line, and nothing is left.
rm -rf out
{ rows $((megabytes * 10000)); echo 'nova,I1,yesterday,me'; } >load.csv &
"$gatesim" run scenario.json --out out --engine heap >stdout 2>stderr </dev/null
code=$?
wait
((code == 2)) || fail "exit code $code instead of 2"
grep -qF "load.csv:$((megabytes * 10000 + 2)):9: enqueued: \"yesterday\"" stderr || fail "the last row is not named"
[[ -z $(ls -d out* 2>/dev/null) ]] || fail "left: $(ls -d out*)"
