#!/usr/bin/env bash
# exec_test.sh TREE PROGRAM CASE: strategies from outside (sim/strategy/exec).
set -uo pipefail

tree=$1
program=$2
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cp "$tree/sim/strategy/exec/serial.py" .

cat >small.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s"}, "b": {"enqueue_at": "1m", "breaks": ["unit"]}}},
 "jobs": {"unit": {"duration": "9m"}, "full": {"duration": "20m"}}}
END
cat >busy.json <<'END'
{"period": {"length": "1d"}, "load": {"arrivals": {"rate": "50/day"}, "after_ejection": {"retry": "100%", "after": "1h", "max": 3}},
 "projects": {"x": {"queue": "q"}, "y": {"queue": "q"}, "z": {}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "12m", "sigma": 0.3}}, "full": {"duration": "20m", "flake": "3%"}},
 "pools": {"default": {"nodes": 3, "boot": "2m"}}, "failures": {"defect": "5%", "semantic_conflict": "1%"}}
END

cat >frozen.json <<'END'
{"period": {"length": "1d"}, "load": {"arrivals": {"rate": "50/day", "kinds": {"hotfix": {"share": "20%"}}}},
 "jobs": {"unit": {"duration": "12m"}}, "failures": {"defect": "5%"},
 "pipelines": {"gate": {"freeze": [{"at": "2h", "for": "6h"}, {"from": "12h", "until": "15h"}], "pause": [{"at": "9h", "for": "1h"}],
                        "exempt": {"kinds": ["hotfix"]}}}}
END

# bad NAME: a program that says ready and then what standard input of this function says, a line a question.
bad() {
    { printf '#!/usr/bin/env python3\nimport sys, os, time, json\n'; cat; } >"$1"
    chmod +x "$1"
}

# The strategy's name apart, every file is the same as with the strategy that is built in.
same_files() {
    run 0 run "$1" --strategy serial --out built-in --tables all --events --replications "$2" "${@:3}"
    run 0 run "$1" --strategy exec:./serial.py --out outside --tables all --events --replications "$2" "${@:3}"
    [[ $(cd built-in && find . -type f | sort) == $(cd outside && find . -type f | sort) ]] || fail "other files"
    local file
    (cd built-in && find . -name '*.csv' -o -name '*.jsonl') >tables
    (($(wc -l <tables) >= 6)) || fail "too few tables"
    while read -r file; do
        cmp "built-in/$file" "outside/$file" >stdout 2>&1 || fail "$file differs"
    done <tables
    for run in built-in outside; do
        python3 - "$run" <<'END' >"$run.metrics" || fail "no summary"
import json, sys
summary = json.load(open(sys.argv[1] + "/summary.json"))
# Of a program it is not known that no luck is in it, so "the same in all" has another interval there.
for metric in summary["metrics"].values():
    for end in ("low", "high", "may_differ"):
        metric.pop(end, None)
print(json.dumps([summary[key] for key in ("metrics", "warnings", "seed", "replications", "partial")]))
END
    done
    cmp built-in.metrics outside.metrics >stdout 2>&1 || fail "metrics differ"
    rm -r built-in outside
}
case_same_bytes() {
    same_files "$tree/scenarios/quickstart" 1
    same_files busy.json 3
    same_files busy.json 2 --engine heap --jobs 2
    same_files frozen.json 2
}

case_contract() {
    run 0 verify --strategy exec:./serial.py --trials 300 --no-progress
    says stdout 'exec:./serial.py keeps the contract: 300 random scenarios'
}

case_finds_program() {
    mkdir deep other
    cp serial.py deep
    sed 's/^{/{"strategy": "exec:serial.py", /' small.json >deep/scenario.json
    cd other || exit 1
    run 0 run ../deep --out ../out
    cd .. || exit 1
    sed 's/^{/{"strategy": {"name": "exec", "program": "python3 -B deep\/serial.py", "time_limit": "20s"}, /' small.json >named.json
    run 0 run named.json --out out
    run 0 run small.json --strategy exec:serial.py --out out
    run 2 run small.json --strategy exec --out out
    says stderr 'exec needs a program'
    run 2 run small.json --strategy exce:serial.py --out out
    run 2 run small.json --strategy serial:serial.py --out out
    run 2 verify --strategy exec
    says stderr 'exec needs a program'
    run 0 describe exec
    says stdout 'time_limit = 10s'
}

# A run that an edited program made cannot be told again, and the reason is named.
case_edited() {
    run 0 run small.json --strategy exec:./serial.py --out out
    run 0 explain a --run out
    mkdir elsewhere
    (cd elsewhere && "$program" explain a --run ../out) >stdout 2>stderr || fail "from another folder: $(cat stderr)"
    printf '\n# a word more\n' >>serial.py
    run 2 explain a --run out
    says stderr "out: the strategy's program has changed since that run"
    run 0 run small.json --strategy serial --out plain
    run 0 explain a --run plain
}

case_missing() {
    run 4 run small.json --strategy exec:./nowhere.py --out out
    says stderr 'there is no program ./nowhere.py'
    run 4 run small.json --strategy exec:no-such-program-anywhere --out out
    says stderr 'nor in PATH'
    chmod -x serial.py
    run 4 run small.json --strategy exec:./serial.py --out out
    says stderr 'chmod +x'
    printf '#!/no/such/interpreter\n' >odd
    chmod +x odd
    run 4 run small.json --strategy exec:./odd --out out
    says stderr './odd wants the interpreter /no/such/interpreter, and there is none'
    printf '#!/usr/bin/env -S no-such-python -u\n' >odd
    run 4 compare small.json --strategies serial,exec:./odd --replications 2 --out out
    says stderr './odd wants the interpreter no-such-python, and there is none in PATH'
    printf '#!/bin/sh\r\nexit 0\r\n' >odd
    run 4 run small.json --strategy exec:./odd --out out
    says stderr 'line ends of Windows'
    printf '#!/bin/sh\nexec no-such-python-anywhere\n' >odd  # found out only when it runs
    run 4 run small.json --strategy exec:./odd --out out
    says stderr 'could not be started'
    run 4 verify --strategy exec:./odd --trials 3 --no-progress
    says stderr 'could not be started'
    says_nothing stdout
    run 4 verify --strategy exec:./nowhere.py
    [[ ! -e out ]] || fail "a run directory was left"
}

case_dies() {
    bad dies <<<'print("I have seen enough", file=sys.stderr)
sys.stdin.readline()
sys.exit(7)'
    run 3 run small.json --strategy exec:./dies --out out
    says stderr 'I have seen enough'
    says stderr 'the program ended by itself, with exit code 7'
    says stderr 'to it:   {"hello"'
    bad killed <<<'sys.stdin.readline()
print("{\"ready\": 1}", flush=True)
sys.stdin.readline()
os.kill(os.getpid(), 9)'
    run 4 run small.json --strategy exec:./killed --out out
    says stderr 'the program was ended by a signal: Killed'
    says stderr 'from it: {"ready": 1}'
    bad aborts <<<'sys.stdin.readline()
os.abort()'
    run 3 run small.json --strategy exec:./aborts --out out
    says stderr 'the program was ended by a signal: Aborted'
}

# A blank in the program's path: as the whole text, or in quotes with arguments behind; from the scenario's folder, too.
case_blanks() {
    mkdir 'my rules' 'my rules/deep'
    cp serial.py "my rules/it's a rule.py"
    run 0 run small.json --strategy serial --out built-in
    local strategy
    for strategy in "exec:my rules/it's a rule.py" 'exec:"my rules/it'"'"'s a rule.py" --an-argument' \
        "exec:my\\ rules/it\\'s\\ a\\ rule.py" "exec:python3 -B 'my rules/it'\\''s a rule.py'"; do
        run 0 run small.json --strategy "$strategy" --out out
        cmp out/changes.csv built-in/changes.csv || fail "changes.csv differs: $strategy"
    done
    sed 's/^{/{"strategy": "exec:it'"'"'s a rule.py", /' small.json >'my rules/scenario.json'
    run 0 run 'my rules' --out out
    run 0 verify --strategy "exec:my rules/it's a rule.py" --trials 3 --no-progress
    run 4 run small.json --strategy 'exec:"my rules/deep' --out out
    says stderr 'a quote has no end: "my rules/deep'
    run 4 run small.json --strategy 'exec:my rules/none.py' --out out
    says stderr 'there is no program my'
    # The line that repeats a broken contract can be pasted.
    bad 'my rules/silly' <<<'sys.stdin.readline()
print("no", flush=True)'
    run 3 verify --strategy 'exec:my rules/silly' --trials 3 --no-progress
    says stdout "verify --strategy 'exec:'\\''my rules/silly'\\''' --random 1"
    cp stdout first
    local line
    line=$(sed -n 's/^again: gatesim //p' stdout)
    eval "set -- $line"
    run 3 "$@" --no-progress
    cmp first stdout || fail "the printed line says something else"
}

case_slow() {
    bad slow <<<'sys.stdin.readline()
time.sleep(100)'
    run 3 run small.json --strategy exec:./slow --set /strategy/time_limit=300ms --out out
    says stderr 'did not answer within 300 ms'
}

# nonsense ANSWER WHAT-IS-SAID
nonsense() {
    ANSWER=$1 run 3 run small.json --strategy exec:./says --out out
    says stderr "$2"
    says stderr 'last lines of ./says'
}
case_nonsense() {
    bad says <<<'sys.stdin.readline()
print("{\"ready\": 1}", flush=True)
for line in sys.stdin:
    print(os.environ["ANSWER"], flush=True)'
    nonsense 'well, let me see' 'the answer is not JSON, at character 1'
    says stderr 'well, let me see'
    nonsense '[]' 'is no object'
    nonsense '{}' 'lacks "actions"'
    nonsense '{"actions": [{"do": "lnad", "trial": "x"}]}' 'action 1 is unknown: "lnad"; did you mean "land"?'
    nonsense '{"actions": [{"do": "open", "trial": "x", "chian": [1]}]}' 'did you mean "chain"?'
    nonsense '{"actions": [{"do": "open", "trial": 5, "chain": [1]}]}' 'has a "trial" that is not a text'
    nonsense '{"actions": [{"do": "arm", "tag": 1, "after_s": "soon"}]}' 'not a number of seconds'
    nonsense '{"actions": [{"do": "settle", "trial": "x"}]}' 'there is no open trial "x"'
    nonsense '{"actions": [{"do": "open", "trial": "x", "chain": [77]}]}' 'item 77 is not in this queue'
    nonsense '{"actions": []}
{"actions": []}' 'said more than the one line it was asked for'
    bad old <<<'print("{\"ready\": 0}", flush=True)
sys.stdin.read()'
    run 3 run small.json --strategy exec:./old --out out
    says stderr 'must be {"ready": 1}'
}

case_breaks_contract() {
    sed 's/if trial\["verdict"\] is None:/if False:/; s/== "passed"/!= "passed"/' serial.py >hasty.py
    chmod +x hasty.py
    cmp -s serial.py hasty.py && fail "not changed"
    run 3 run small.json --strategy exec:./hasty.py --out out
    says stderr 'change a in queue'
    says stderr 'from it: {"actions": [{"do": "land", "trial": "front"}]}'
    says stderr 'again: gatesim run small.json --seed 1 --replications 1 --strategy exec:./hasty.py'
    run 3 verify --strategy exec:./hasty.py --no-progress
    says stdout 'breaks the contract'
    # The line that is printed repeats it.
    local line
    line=$(sed -n 's/^again: gatesim //p' stdout)
    [[ $line == 'verify --strategy exec:./hasty.py --random '* ]] || fail "no line that repeats it"
    eval "set -- $line"
    run 3 "$@"
    says stdout 'breaks the contract'
    # Doing nothing is found out as well.
    bad idle <<<'sys.stdin.readline()
print("{\"ready\": 1}", flush=True)
for line in sys.stdin:
    print("{\"actions\": []}", flush=True)'
    run 3 run small.json --strategy exec:./idle --out out
    says stderr '2 changes were never decided'
    [[ ! -e out ]] || fail "a run directory was left"
}

# No gate, from outside: everything lands, the branch is probed, and whoever turned it red is taken off.
case_probes() {
    bad lands_all <<<'landed, tested, guilty = [], 0, None
def decide(m):
    global tested
    branch = m["branch"]
    names = [one["change"] for one in branch["last"] if "undone" not in one]
    for trial in m["trials"]:
        if trial.get("probe"):
            if trial["verdict"] is None:
                return []
            answer = [{"do": "settle", "trial": trial["trial"]}]
            if trial["verdict"] == "failed":
                answer.append({"do": "revert", "change": names[tested]})
            tested += 1
            return answer
        return [{"do": "land", "trial": trial["trial"]}] if trial.get("merged") else []
    if m["items"]:
        return [{"do": "open", "trial": "next", "chain": [m["items"][0]["id"]]}]
    if tested < len(names):
        return [{"do": "probe", "trial": "probe", "at": 0, "with": [names[tested]]}]
    return []
for line in sys.stdin:
    m = json.loads(line)
    if "hello" in m:
        print(json.dumps({"ready": 1, "history": 100}), flush=True)
    else:
        print(json.dumps({"actions": decide(m)}), flush=True)'
    run 3 run small.json --strategy exec:./lands_all --out out
    says stderr 'never decided'
    run 0 run small.json --strategy exec:./lands_all --set /strategy/untested=true --out out --events
    says stdout 'reverted'
    grep -q '"reverted"' out/events.jsonl || fail "nobody was reverted"
    (($(grep -c '"trial_opened"' out/events.jsonl) == 4)) || fail "not two landings and two probes"
    sed 's/"at": 0/"at": 99/' lands_all >too_far
    chmod +x too_far
    run 3 run small.json --strategy exec:./too_far --set /strategy/untested=true --out out2
    says stderr 'the branch was never 99 landings long'
    sed 's/names\[tested\]}/"nobody"}/' lands_all >nobody
    chmod +x nobody
    run 3 run small.json --strategy exec:./nobody --set /strategy/untested=true --out out2
    says stderr '"nobody" has not landed'
}

# Changes that touch different targets go side by side, and neither spoils the other.
case_permits_independence() {
    cat >lanes.json <<'END'
{"load": {"changes": {"a": {"enqueue_at": "0s", "touches": ["x"]}, "b": {"enqueue_at": "0s", "touches": ["y"]},
                      "c": {"enqueue_at": "0s", "touches": ["x"]}}},
 "jobs": {"unit": {"duration": "10m"}}}
END
    bad each <<<'def decide(m):
    known = {t["trial"] for t in m["trials"]}
    for t in m["trials"]:
        if t["verdict"] == "passed":
            return [{"do": "land", "trial": t["trial"]}]
    return [{"do": "open", "trial": i["change"], "chain": [i["id"]]} for i in m["items"] if i["change"] not in known]
for line in sys.stdin:
    m = json.loads(line)
    print(json.dumps({"ready": 1} if "hello" in m else {"actions": decide(m)}), flush=True)'
    run 0 run lanes.json --strategy exec:./each --out out
    says stdout '0:30:00  c lands'
    run 0 run lanes.json --strategy exec:./each --set /strategy/independence=true --out out2
    says stdout '0:20:00  c lands'
    says stdout 'In the end 3 landed'
    says stdout 'Nothing was ejected'

}

# Whatever it does at the end, nothing of it stays.
case_leaves_nothing() {
    bad stays <<<'import subprocess, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "1000"])
open("processes", "a").write("%d %d\n" % (os.getpid(), child.pid))
exec(open("serial.py").read())
time.sleep(1000)'
    run 0 run small.json --strategy exec:./stays --replications 2 --out out
    (($(wc -l <processes) == 2)) || fail "not one process a replication"
    local process child
    while read -r process child; do
        [[ ! -e /proc/$process ]] || fail "process $process is still there"
        # Its child has another parent now, which may not have looked after it yet.
        [[ ! -e /proc/$child || $(<"/proc/$child/stat") == *') Z '* ]] || fail "its child $child is still there"
    done <processes
}

# Beside one that is built in.
case_compares() {
    run 0 compare busy.json --strategies serial,exec:./serial.py --replications 4 --json
    python3 - <<'END' || fail "they differ"
import json
document = json.load(open("stdout"))
arms = document["strategies"]
assert len(arms) == 2, list(arms)
one, other = (arms[name]["metrics"] for name in arms)
assert one == other
END
}

# Same seed, same bytes: processes, engines.
case_repeats() {
    run 0 run busy.json --strategy exec:./serial.py --replications 4 --jobs 1 --tables all --out one
    run 0 run busy.json --strategy exec:./serial.py --replications 4 --jobs 4 --tables all --out four --engine heap
    for table in changes builds nodes queue resets; do
        cmp "one/$table.csv" "four/$table.csv" >stdout 2>&1 || fail "$table.csv differs"
    done
}

"case_$3"
