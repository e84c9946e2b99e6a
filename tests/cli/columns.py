"""columns.py WIDTH: reads a report of `compare` or `sweep`; fails if a line of a table is wider than WIDTH or a column is
not at the same place in all its rows. Prints what is wrong."""
import re
import sys
import unicodedata

width = int(sys.argv[1])


def columns_of(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


lines = re.sub("\x1b\\[[0-9;]*m", "", sys.stdin.read()).split("\n")
places, rows, wrong = {}, 0, []
for number, line in enumerate(lines, 1):
    if columns_of(line) > width and not line.startswith("Again"):
        wrong.append(f"line {number} is {columns_of(line)} wide: {line}")
    if not line.startswith("  "):
        continue
    mark = re.search("[✓✗=↑↓?★] (better|worse|higher|lower|negligible|undecided|best|as good|not as good)$", line)
    if mark:
        rows += 1
        places.setdefault(columns_of(line[: mark.start()]), number)
if rows == 0:
    wrong.append("there are no rows")
if len(places) > 1:
    wrong.append(f"the last column begins at {sorted(places)} (lines {sorted(places.values())})")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
