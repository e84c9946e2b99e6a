#!/usr/bin/env bash
# sizes_test.sh TREE GATESIM PAGE_OF SCENARIO: a page that is mailed must stay small. The packed replay of a week of the scenario,
# and what the page around it takes, in bytes; no time is looked at.
set -euo pipefail
tree=$(realpath "$1") gatesim=$(realpath "$2") page_of=$(realpath "$3") scenario=$4
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"

# at_most BYTES LIMIT WHAT
at_most() {
    echo "$3: $1 bytes, of $2"
    (($1 > 0 && $1 <= $2)) || { echo "FAILED: $3 is too large"; exit 1; }
}

case $scenario in
bootcamp-2013) week=25000 ;;
openstack-2013) week=110000 ;;
monorepo-2019) week=300000 ;;
*) echo "FAILED: no size is stated for $scenario" && exit 1 ;;
esac
"$gatesim" run "$tree/scenarios/$scenario" --replications 1 --until 7d --out run --quiet --no-progress
"$page_of" page.html "$scenario" week=run >sizes
at_most "$(sed -n 's/^week: \([0-9]*\) bytes$/\1/p' sizes)" "$week" "the packed week of $scenario"
packed=$(sed -n 's/^week: \([0-9]*\) bytes$/\1/p' sizes)
at_most $(($(stat -c %s page.html) - packed)) 60000 "the page around it"

if [[ $scenario == bootcamp-2013 ]]; then
    "$gatesim" run "$tree/scenarios/$scenario" --report --out all --quiet --no-progress
    at_most "$(stat -c %s all/report.html)" 300000 "the report of $scenario with its replay"
    # Without what tells of this week, its pictures, tables, replay and scenario: words, style and player.
    python3 - all/report.html >bare <<'END'
import re, sys
with open(sys.argv[1], encoding="utf-8") as page:
    text = page.read()
for data in ('<svg.*?</svg>', '<table>.*?</table>', '<pre.*?</pre>', '<script type="text/plain" class="gr-pack">.*?</script>'):
    text = re.sub(data, "", text, flags=re.S)
print(len(text.encode()))
END
    at_most "$(cat bare)" 60000 "the page of that report"
fi
