#!/usr/bin/env bash
# endless_test.sh TREE PROGRAM CASE: rules that get nowhere end, with exit code 3 and a sentence, wherever they run; and
# those that only look like it are left alone.
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

cat >small.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "1m", "breaks": ["unit"]}}},
 "jobs": {"unit": {"duration": "9m"}, "full": {"duration": "20m"}}}
END

# rule NAME: one trial at a time; what standard input of this function says decides on a verdict. It sets `do`, given q
# (the queue), t (the trial) and n (how many trials there were).
rule() {
    {
        cat <<'END'
#!/usr/bin/env python3
import json, sys
n = 0
for line in sys.stdin:
    q = json.loads(line)
    if "hello" in q:
        n = 0
        print('{"ready": 1}', flush=True)
        continue
    do = []
    chain = [item["id"] for item in q["items"][:1]]
    if not q["trials"] and chain:
        n += 1
        do = [{"do": "open", "trial": "t%d" % n, "chain": chain}]
    for t in q["trials"]:
        green = t["verdict"] == "passed"
        eject = [{"do": "eject", "trial": t["trial"], "item": (t["chain"] or [0])[0]}]
        land = [{"do": "land", "trial": t["trial"]}]
        settle = [{"do": "settle", "trial": t["trial"]}]
        if t["verdict"]:
END
        sed 's/^/            /'
        printf '    print(json.dumps({"actions": do}), flush=True)\n'
    } >"$1"
    chmod +x "$1"
}

# Tens of thousands of questions to a program: some seconds, on a busy machine some minutes.
patiently() {
    timeout 600 "$program" "$@" >stdout 2>stderr </dev/null
    local code=$?
    ((code == 3)) || fail "exit code $code instead of 3: $*"
}

sentence='your rule tests b alone again and again: it was red 50 times, and nobody landed, left or arrived meanwhile'

case_red() {
    rule settles <<<'do = land if green else settle'
    run 3 run small.json --strategy exec:./settles --out out
    says stderr "$sentence"
    says stderr 'What is red has to be ejected'
    says stderr 'again: gatesim run small.json'
    says_nothing stdout
    [[ ! -e out ]] || fail "a run directory was left"
    run 3 run small.json --strategy exec:./settles --out out --engine heap --replications 2
    run 3 compare small.json --strategies serial,exec:./settles --replications 4 --out out
    says stderr "$sentence"
    run 3 sweep small.json --over /strategy/time_limit=5s,6s --set /strategy=exec:./settles --replications 2 --out out
    says stderr "$sentence"
    run 3 verify --strategy exec:./settles --trials 50 --no-progress
    says stdout '✗ exec:./settles breaks the contract'
    says stdout 'again and again: it was red 50 times'
    says_not stdout '✓'
}

# The same from other angles: green and never landed, dropped, probes, several changes at once.
case_kinds() {
    rule green <<<'do = settle'
    run 3 run small.json --strategy exec:./green --out out
    says stderr 'tests a alone again and again: it was green 50 times'
    says stderr 'What is green has to be landed'

    rule drops <<<'do = [{"do": "drop", "trial": t["trial"]}]'
    run 3 run small.json --strategy exec:./drops --out out
    says stderr 'tests a alone again and again: it was green 50 times'

    # It does not even wait for a verdict: b's timer opens and drops a trial every second minute.
    rule impatient <<<'pass'
    sed -i 's/^    do = \[\]/&\n    if q["trials"] and q["rung"]: do = [{"do": "drop", "trial": q["trials"][0]["trial"]}]/
        s/^    for t in.*/    if do and do[0]["do"] == "open": do.append({"do": "arm", "tag": n, "after_s": 60})\n&/' impatient
    patiently run small.json --strategy exec:./impatient --out out
    says stderr 'your rule goes round in circles: it opened 20'

    rule probes <<<'do = land if green and n == 1 else settle'
    sed -i 's/do = \[{"do": "open".*/do = [{"do": "open", "trial": "t", "chain": chain} if n == 1 else {"do": "probe", "trial": "t", "at": 1}]/' probes
    run 3 run small.json --strategy exec:./probes --out out
    says stderr 'tests the branch as it was after 1 landings again and again: it was green 50 times'

    rule pairs <<<'do = settle'
    sed -i 's/q\["items"\]\[:1\]/q["items"]/; s/"chain": chain/&, "members": len(chain)/' pairs
    run 3 run small.json --strategy exec:./pairs --out out --set /load/changes/b/enqueue_at=0s
    says stderr 'tests a and b together again and again: it was red 50 times'
}

# A learner of lesson 11 who leaves the ejection out.
case_lesson() {
    mkdir course
    cp -r "$tree/lessons" course/lessons
    cd course || exit 1
    run 0 lesson start 11 --name ana
    local work=gatesim-lessons/11-batches-and-bisect/policy.py code
    sed -i 's/^        if len(chain) == 1.*/        if False:/' $work
    grep -q 'if False' $work || fail "the lesson's program has changed"
    timeout 200 "$program" lesson check 11 --name ana --no-progress >stdout 2>stderr </dev/null
    code=$?
    ((code == 3)) || fail "exit code $code instead of 3"
    cat stdout stderr >both
    says both 'again and again'
    says both 'red 50 times'
}

# Trouble that passes is no fault of a rule that tries again: an outage of ten days; so are changes that come back.
case_not_accused() {
    rule patient <<<'do = land if green else settle'
    cat >outage.json <<'END'
{"period": {"length": "20d"}, "load": {"changes": {"a": {"enqueue_at": "1d"}}},
 "jobs": {"unit": {"duration": "9m"}},
 "failures": {"troubles": {"cloud": {"every": "1d", "lasts": "10d", "fails": "100%"}}}}
END
    run 0 run outage.json --strategy exec:./patient --out out --json
    (($(wc -l <out/builds.csv) > 500)) || fail "the outage was short: $(wc -l <out/builds.csv) builds"
    rule returns <<<'do = land if green else eject'
    run 0 run small.json --strategy exec:./returns --out out \
        --set '/load/after_ejection={"retry": "100%", "after": "1m", "max": 200}'
    (($(wc -l <out/builds.csv) > 200)) || fail "it did not come back: $(wc -l <out/builds.csv) builds"
    # An outage without an end has one all the same.
    patiently run outage.json --strategy exec:./patient --out out --set /failures/troubles/cloud/lasts=36500d
    says stderr 'red 10000 times'
}

# What was stopped early has proved nothing.
case_interrupted() {
    local code mark json
    cp "$tree/sim/strategy/exec/serial.py" .
    for json in '' --json; do
        # shellcheck disable=SC2086
        "$program" verify --strategy exec:./serial.py --trials 1000000 --no-progress $json >stdout 2>stderr </dev/null &
        sleep 2
        kill -TERM $!
        wait $!
        code=$?
        ((code == 130)) || fail "exit code $code instead of 130"
        says stdout partial
        for mark in '✓' 'keeps the contract' '"passed": true'; do says_not stdout "$mark"; done
    done
}

"case_$3"
