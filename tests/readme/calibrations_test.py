#!/usr/bin/env python3
"""calibrations_test.py TREE PROGRAM [SCENARIO...]: what scenarios' notes say of their calibration is what comes out.

The sentence "of 28 claims 19 are within 15 %, 9 are missed" is counted again, and so is every row of the table of facts:
how far off it is, and its mark. Without names all scenarios whose notes have such a sentence; that takes minutes."""
import glob
import json
import os
import re
import subprocess
import sys

tree, program = sys.argv[1:3]
MARKS = {"within": "", "undecided": "≈", "explained": "✗", "missed": "✗"}
SENTENCE = re.compile(r"[Oo]f (\d+) claims (\d+) are within 15 %, (?:(\d+) cannot be told[^,;]*?(?:\([^)]*\))?, )?(\d+) are missed")


def rows_of(notes):
    """Fact (with its part) -> how far off, mark."""
    rows = {}
    for line in notes.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 5 or cells[4] not in ("fitted", "predicted"):
            continue
        off = re.fullmatch(r"(-?\d+) % ?([≈✗]?)", cells[3])
        if off:
            rows[re.sub(r" \(profile.*", "", cells[0])] = int(off[1]), off[2]
    return rows


def problems_of(name, notes):
    text = re.sub(r"\s+", " ", notes)
    said = SENTENCE.search(text)
    if not said:
        return [f"{name}: its notes do not say how many claims are met"]
    replications = re.search(r"(\d+) replications", text[max(0, said.start() - 120): said.end() + 200])
    done = subprocess.run([program, "calibrate", os.path.join(tree, "scenarios", name), "--replications", replications[1],
                           "--json", "--no-progress"], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        return [f"{name}: calibrate ends with {done.returncode}"]
    facts = json.loads(done.stdout)["facts"]
    counts = {mark: sum(MARKS[fact["verdict"]] == mark for fact in facts) for mark in ("", "≈", "✗")}
    problems = []
    figures = [int(said[1]), int(said[2]), int(said[3] or 0), int(said[4])]
    if figures != [len(facts), counts[""], counts["≈"], counts["✗"]]:
        problems.append(f"{name}: its notes say {figures}, and it is {[len(facts), *counts.values()]}")
    rows = rows_of(notes)
    for fact in facts:
        of = fact["fact"] if fact["profile"] or not fact["part"] else fact["fact"] + " " + re.sub(r"^(\d)$", r"with \1", fact["part"])
        row = rows.pop(of, None)
        now = round(100 * fact["miss"]), MARKS[fact["verdict"]]
        if row is None:
            problems.append(f"{name}: its notes have no row of {of}")
        elif abs(row[0] - now[0]) > 0 or row[1] != now[1]:
            problems.append(f"{name}: {of} is off by {now[0]} % {now[1]}, and its notes say {row[0]} % {row[1]}")
    problems.extend(f"{name}: {left} is claimed no more" for left in rows)
    return problems


def main():
    found = []
    names = sys.argv[3:]
    for path in sorted(glob.glob(os.path.join(tree, "scenarios", "*", "notes.md"))):
        name = os.path.basename(os.path.dirname(path))
        with open(path, encoding="utf-8") as file:
            notes = file.read()
        if name in names or (not names and SENTENCE.search(re.sub(r"\s+", " ", notes))):
            found.extend(problems_of(name, notes))
    for problem in found:
        print("FAILED:", problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
