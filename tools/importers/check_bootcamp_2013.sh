#!/bin/sh
# Usage: check_bootcamp_2013.sh CHECKOUT [PYTHON]
# Makes the tables of scenarios/bootcamp-2013 again from their sources and compares them with what is checked in.
# The sources are not part of the project: GATESIM_DATA names their folder, else ../shared/data beside the checkout is
# tried. Without them or without Python the answer is 77, "skipped".
set -eu
checkout=$1
python=${2:-python3}
data=${GATESIM_DATA:-$checkout/../shared/data}
if [ ! -r "$data/openstack_merges_havana.csv.gz" ]; then
    echo "skipped: no source tables in $data; set GATESIM_DATA to their folder"
    exit 77
fi
if ! "$python" --version >/dev/null 2>&1; then
    echo "skipped: no Python 3 here"
    exit 77
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$python" "$checkout/tools/importers/bootcamp_2013.py" "$data" "$out"
for table in load.csv observed.csv jobs.csv; do
    diff "$checkout/scenarios/bootcamp-2013/$table" "$out/$table"
done
echo "the tables that are checked in are what the sources give"
