#!/usr/bin/env python3
"""pictures_test.py TREE PROGRAM: what tools/pictures makes is what is kept in the tree, byte for byte, and pages show it with words."""
import filecmp
import glob
import os
import re
import subprocess
import sys
import tempfile

FOLDERS = ("scenarios/pictures", "lessons/instructor/pictures")
PAGES = ("README.md", "lessons/instructor/day-one.md")


def differences(tree, made):
    """What is kept and is not made any more so, or is made and not kept."""
    problems = []
    for folder in FOLDERS:
        names = {os.path.basename(path) for root in (tree, made) for path in glob.glob(f"{root}/{folder}/*")}
        for name in sorted(names):
            kept, new = (os.path.join(root, folder, name) for root in (tree, made))
            if not os.path.exists(kept) or not os.path.exists(new):
                problems.append(f"{folder}/{name} is {'not kept' if os.path.exists(new) else 'made by nothing'}")
            elif not filecmp.cmp(kept, new, shallow=False):
                problems.append(f"{folder}/{name} is not what comes out any more: run tools/pictures, and look at it")
    return problems


def shown(tree):
    """Each picture is shown by a page, and by words for those who cannot see it."""
    problems, seen = [], set()
    for page in PAGES:
        with open(os.path.join(tree, page), encoding="utf-8") as file:
            text = file.read()
        for words, path in re.findall(r"!\[([^]]*)\]\(([^)]*)\)", text):
            full = os.path.normpath(os.path.join(tree, os.path.dirname(page), path))
            seen.add(full)
            if not os.path.isfile(full):
                problems.append(f"{page} shows {path}, which is not there")
            if len(words) < 40:
                problems.append(f"{page}: {path} needs a sentence for those who cannot see it")
    kept = {os.path.normpath(path) for folder in FOLDERS for path in glob.glob(f"{tree}/{folder}/*")}
    return problems + [f"no page shows {os.path.relpath(path, tree)}" for path in sorted(kept - seen)]


def parts(tree):
    """The hour of README has what its story tells: 3 bars thrown away, 2 crosses, 3 arrows, 6 landed, 2 out."""
    with open(os.path.join(tree, "scenarios/pictures/quickstart.svg"), encoding="utf-8") as file:
        svg = file.read()
    wanted = {'class="thrown"': 3, 'class="cross"': 2, 'class="arrow"': 3, ">✓<": 6, ">out<": 2}
    return [f"quickstart.svg has {svg.count(what)} of {what}, not {number}" for what, number in wanted.items() if svg.count(what) != number]


def main():
    tree, program = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as made:
        done = subprocess.run([f"{tree}/tools/pictures", made], env={**os.environ, "GATESIM": program}, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        problems = [f"tools/pictures: exit {done.returncode}\n{done.stdout.decode()[-500:]}"] if done.returncode else []
        problems += differences(tree, made)
    problems += shown(tree) + parts(tree)
    for problem in problems:
        print("FAILED:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
