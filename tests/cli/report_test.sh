#!/bin/bash
# The page: report_test.sh SOURCE GATESIM CASE. The page is looked at by report_page.py, which reads it as XML.
source=$1 program=$2 case=$3
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/support.sh"

# page FILE CHECK...: the page is well-formed and asks for nothing from outside; see report_page.py for the checks.
page() { ends 0 python3 "$here/report_page.py" "$@"; }

case $case in
run)
    run 0 run "$source/scenarios/quickstart" --out one --report
    says stderr "one/report.html"
    page one/report.html "summary one/summary.json" "text How does the gate of quickstart do under zuul?" "figure lead" "figure queue" "figure nodes" \
        "figure hours" "figure causes" "figure counts" "text gatesim run"
    cp one/report.html first.html
    run 0 report one
    cmp first.html one/report.html >stdout 2>stderr || fail "report makes another page than run --report"
    run 0 report one/ --out page.html
    cmp first.html page.html >stdout 2>stderr || fail "--out makes another page"
    run 0 report one --out page.html
    # A file that is none of ours stays.
    echo mine >notes.html
    run 4 report one --out notes.html
    says notes.html mine
    run 2 report one --replication 2
    says stderr "--tables all"
    ;;
compare)
    run 0 compare "$source/scenarios/quickstart" --strategies zuul,serial --replications 3 --out c --report --quiet
    page c/report.html "compare c/compare.json" "figure trade" "figure seeds" "figure difference-1" "text serial against zuul"
    # One difference that would press all others flat is clipped, and has its figure in words.
    run 0 compare "$source/scenarios/bootcamp-2013" --strategies zuul,serial --until 3d --replications 3 --out far --report --quiet
    far=$(python3 -c 'import json
zuul, serial = (json.load(open("far/compare.json"))["strategies"][s]["metrics"]["landing_time_s.p95"]["mean"] for s in ("zuul", "serial"))
print(f"+{round(100 * (serial / zuul - 1)):,} %")')
    page far/report.html "text A line that ends in an arrow at the right goes on to the percentage beside it." "text , $far"
    [[ $far =~ ^[+][0-9,]{3,}" %"$ ]] || fail "serial is not far from zuul: $far"
    ;;
lines)
    # The lines that a study's page gives for a replay do what they say: the same luck, in two folders.
    lines_of() { sed -n '/id="stills"/,/<\/section>/s/^<p><code>\(.*\)<\/code><\/p>$/\1/p' "$1" | sed "s/&#39;/'/g" >lines; }
    run 0 sweep "$source/scenarios/quickstart" --over /strategy/window=3,5 --set /jobs/system/duration=31m --replications 2 --out w --report --quiet
    lines_of w/report.html
    says_not lines SCENARIO
    [[ $(wc -l <lines) == 3 ]] || fail "other lines: $(cat lines)"
    while read -r line; do
        eval "run 0 $(sed 's/^gatesim //' <<<"$line")"
    done <lines
    page out/side-by-side.html "text Under window=3"
    for window in 3 5; do
        wanted=$(grep "^window=$window,1,landing_time_s.p50," w/replications.csv | cut -d, -f5)
        [[ -n $wanted && $(member "out/window=$window/summary.json" "metrics;landing_time_s.p50;values;0") == "$wanted"* ]] || fail "$window: not the luck of the sweep"
    done
    # A comparison keeps what its arms' replay needs.
    run 0 compare "$source/scenarios/quickstart" --strategies serial --variant "it's:/strategy/window=3" --replications 2 \
        --baseline serial --out c --report --quiet
    lines_of c/report.html
    [[ $(cat lines) == "gatesim report c --replay 'serial,it'\''s'" ]] || fail "other lines: $(cat lines)"
    eval "run 0 $(sed 's/^gatesim //' lines)"
    page c/report.html "figure still-0-0" "figure still-1-0" "figure queue"
    grep -q "gr-pack" c/report.html || fail "no replay"
    # One that kept nothing says how to get it.
    rm -r c/arms
    run 0 report c
    lines_of c/report.html
    [[ $(cat lines) == "gatesim compare "*" --report --replay 'serial,it'\''s'" ]] || fail "other lines: $(cat lines)"
    run 2 report c --replay serial
    says stderr "compare --report"
    run 2 report c --replay serail
    says stderr "did you mean serial?"
    run 2 compare "$source/scenarios/quickstart" --strategies zuul,serial --replay zuul
    says stderr "--report"
    run 2 report out/window=3 --replay zuul
    says stderr "is none"
    ;;
sweep)
    run 0 sweep "$source/scenarios/quickstart" --over /strategy/window=1,5,10 --replications 3 --out s --report --quiet
    page s/report.html "figure curve" "text within 5 % of the best"
    run 0 sweep "$source/scenarios/quickstart" --over /strategy/window=1,5 --over /pools/default/nodes=4,8 --replications 3 --out h --report --quiet
    page h/report.html "figure heat" "text ★"
    # Where no cell is worse than another, none is the best.
    run 0 sweep "$source/scenarios/quickstart" --over /strategy/window=20,50 --over /pools/default/nodes=100,200 --replications 3 --out e --report --quiet
    says_not e/report.html ★
    says_not e/sweep.txt ★
    page e/report.html "figure heat" "text No cell is known to be worse than another"
    ;;
calibrate)
    run 2 calibrate "$source/scenarios/bootcamp-2013-people" --report
    says stderr "--out DIR"
    timeout 120 "$program" calibrate "$source/scenarios/bootcamp-2013-people" --replications 2 --out k --report --quiet >stdout 2>stderr
    page k/report.html "figure ratios" "text one_change_share" "text claims:"
    [[ -s k/calibrate.json && -s k/calibrate.txt ]] || fail "calibrate.json or calibrate.txt is missing"
    says_not k/calibrate.txt $'\x1b'
    ;;
no_tables)
    run 0 run "$source/scenarios/quickstart" --out bare --tables none --report --quiet
    page bare/report.html "summary bare/summary.json" "no-figure queue" "text stays.csv and attempts.csv" "text gatesim run"
    ;;
foreign)
    run 4 report nowhere
    says stderr "there is no such folder"
    mkdir mine && echo hello >mine/report.html
    run 2 report mine
    says stderr "is no folder of gatesim"
    says mine/report.html hello
    run 0 run "$source/scenarios/quickstart" --out one --quiet
    echo hello >one/report.html
    run 4 report one
    says one/report.html hello
    echo '{"format": 1' >one/summary.json
    run 4 report one --out page.html
    says stderr "summary.json: is no JSON document"
    says stderr "run it again"
    echo '{}' >one/summary.json
    run 4 report one --out page.html
    says stderr 'summary.json: has no "format"'
    says stderr "run it again"
    echo '{"format": 1, "scenario": {"name": "a", "sha256": "b"}}' >one/summary.json
    run 4 report one --out page.html
    says stderr 'summary.json: lacks "seed"'
    says_not stderr json.exception
    run 2 report
    says stderr "is missing"
    ;;
nothing)
    echo '{"title": "Nobody", "period": {"length": "1h"}, "load": {"arrivals": {"rate": "0.0001/day"}}, "jobs": {"unit": {"duration": "12m"}}}' >empty.json
    run 0 run empty.json --out empty --report --quiet
    page empty/report.html "text Nothing was enqueued" "text No change came to the gate" "no-figure rates" "no-figure queue" "no-figure gate-time-0"
    says_not empty/report.html "nothing to show"
    ;;
words)
    # One of a thing, and an interrupted study, are told as such.
    run 0 run "$source/scenarios/quickstart" --until 20m --out short --report --quiet
    page short/report.html "text 1 of 6 changes land" "text 1 change"
    says_not short/report.html "1 changes"
    sed -i 's/"partial": false/"partial": true/' short/summary.json
    run 0 report short --quiet
    page short/report.html "text Interrupted after 1 replication: this is what there is so far."
    run 0 run "$source/scenarios/quickstart" --out one --report --quiet
    says_not one/report.html thrown_away
    says one/report.html "web-104: thrown away"
    # Times of one replication and means of all are not added up.
    run 0 run "$source/scenarios/bootcamp-2013" --replications 3 --out three --report --quiet
    page three/report.html "text Of replication 1 of 3, the one with tables." "text Means over all replications, with 95 % intervals."
    run 0 run "$source/scenarios/quickstart" --strategy serial --out serial --report --quiet
    page serial/report.html "text tests one after the other would allow"
    ;;
markup)
    mkdir evil
    sed 's|"title": *"[^"]*"|"title": "<marquee>alert(1)</marquee> \&amp; <b>bold</b>"|; s/api-103/<i>api<\/i>/g' \
        "$source/scenarios/quickstart/scenario.json" >evil/scenario.json
    run 0 run evil --out out --report --quiet
    page out/report.html "text <marquee>alert(1)</marquee> &amp; <b>bold</b>" "no-element marquee" "no-element b" "no-element i"
    ;;
side_by_side)
    run 0 run "$source/scenarios/quickstart" --out a --quiet
    run 0 run "$source/scenarios/quickstart" --strategy serial --out b --quiet
    run 2 report a b
    says stderr "--out"
    run 0 report a b --out both.html
    page both.html "figure trade" "text Under serial" "text Under zuul" "figure difference-1" "text the differences have no interval"
    run 2 report a ./a --out both.html
    says stderr "is named twice"
    # With several replications the differences are those of a comparison on the same seed.
    for strategy in zuul batch; do
        run 0 run "$source/scenarios/bootcamp-2013" --strategy $strategy --replications 5 --out "$strategy" --quiet
    done
    run 0 report zuul batch --out both.html
    run 0 compare "$source/scenarios/bootcamp-2013" --strategies zuul,batch --replications 5 --out study --report --quiet
    page both.html "figure difference-1" "figure seeds"
    for file in both.html study/report.html; do
        sed -n '/id="difference-1"/,/<\/figure>/p' $file | grep -A3 '<th scope="row">' >"${file##*/}.rows"
        [[ -s ${file##*/}.rows ]] || fail "no table of differences in $file"
    done
    cmp both.html.rows report.html.rows >stdout 2>stderr || fail "other differences than a comparison finds"
    says study/report.html "cut at −100 %"
    # Another seed is other luck: no differences.
    run 0 run "$source/scenarios/quickstart" --seed 2 --out d --quiet
    run 0 report a d --out both.html
    page both.html "no-figure difference-1" "text did not meet the same luck"
    run 0 compare "$source/scenarios/quickstart" --strategies zuul,serial --replications 2 --out c --quiet
    run 2 report a c --out both.html
    says stderr "only runs"
    ;;
stale)
    # A page of other numbers does not stay beside new ones.
    run 0 run "$source/scenarios/quickstart" --out one --report --quiet
    run 0 run "$source/scenarios/quickstart" --out one --seed 2 --quiet
    [[ ! -e one/report.html ]] || fail "the page of the earlier run is still there"
    run 0 sweep "$source/scenarios/quickstart" --over /strategy/window=1,5 --replications 2 --out s --report --quiet
    run 0 sweep "$source/scenarios/quickstart" --over /strategy/window=1,5 --replications 3 --out s --quiet
    [[ ! -e s/report.html ]] || fail "the page of the earlier sweep is still there"
    ;;
*) fail "no case $case" ;;
esac
