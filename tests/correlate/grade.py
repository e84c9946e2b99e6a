#!/usr/bin/env python3
"""grade.py DIR ANSWER.json: grades what `correlate --json` said of DIR, against DIR/truth.csv and DIR/factors.csv.

Prints one line of JSON: classified share of the failures that are not the author's, the largest share of passed builds in
the hits of a fingerprint, precision against the planted cause, factors named right, false fingerprints.
"""
import collections
import csv
import json
import sys


# What somebody's own change brings: it is nobody else's, and no fingerprint is due.
AUTHORS = {"own_defect", "defect_ahead", "defect_on_branch", "semantic_conflict", "clash_ahead"}


def main():
    folder, answer = sys.argv[1], json.load(open(sys.argv[2]))
    truth = {r["build"]: r["cause"] for r in csv.DictReader(open(f"{folder}/truth.csv"))}
    factors = {r["cause"]: r["factor"] for r in csv.DictReader(open(f"{folder}/factors.csv"))}
    planted = [b for b, c in truth.items() if c not in AUTHORS]
    by = collections.defaultdict(list)
    for build, one in answer["classified"].items():
        by[one].append(truth.get(build, ""))
    named, wrong, rows, false = {}, [], [], []
    most_passed = 0
    for f in answer["fingerprints"]:
        counts = collections.Counter(by[f["id"]])
        cause, n = counts.most_common(1)[0] if counts else ("", 0)
        precision = n / max(1, len(by[f["id"]]))
        hits = f["hits_failed"] + f["hits_passed"]
        most_passed = max(most_passed, f["hits_passed"] / max(1, hits))
        if cause in AUTHORS | {""} or precision < .9:
            false.append((f["id"], dict(counts), f["all_of"]))
        elif cause not in named or n > named[cause][0]:
            named[cause] = (n, f["factor"] or "", f.get("factor_value"))
        rows.append((f["id"], cause, n, round(precision, 2), f["factor"]))
    right = [c for c, (_, factor, _) in named.items() if factor == factors[c]]
    caught = sum(1 for b in planted if b in answer["classified"])
    print(json.dumps({"causes": len(factors), "found": len(named), "share": round(caught / max(1, len(planted)), 3),
                      "most_passed": round(most_passed, 3), "false": len(false), "right": len(right),
                      "missed": {c: sum(1 for b in planted if truth[b] == c) for c in factors if c not in named},
                      "wrong_factor": {c: (named[c], factors[c]) for c in named if c not in right},
                      "false_are": false, "fingerprints": len(answer["fingerprints"])}))


main()
