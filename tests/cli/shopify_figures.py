"""shopify_figures.py GATESIM: the shares that `describe shopify` states are those of runs: 400 sound changes at once, in cars
of one, a suite that flakes in a quarter of its runs, twenty replications for each tolerance."""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

gatesim = sys.argv[1]
CHANGES = 400


def measured(folder, tolerance):
    """What share of the changes was ejected, in percent: the interval."""
    scenario = {
        "replications": 20,
        "load": {"changes": {f"p{number:03}": {"enqueue_at": "0s"} for number in range(CHANGES)}},
        "jobs": {"suite": {"duration": "30m", "flake": "25%"}},
        "strategy": {"name": "shopify", "batch": 1, "tolerance": tolerance},
    }
    path = Path(folder) / f"tolerance-{tolerance}.json"
    path.write_text(json.dumps(scenario))
    command = [gatesim, "run", str(path), "--json", "--quiet", "--tables", "none", "--out", str(path.with_suffix(""))]
    summary = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ejected = summary["metrics"]["innocent_ejections"]
    return tuple(100 * ejected[end] / CHANGES for end in ("low", "mean", "high"))


page = subprocess.run([gatesim, "describe", "shopify"], capture_output=True, text=True, check=True).stdout
found = re.search(r"(\d+) % of 400 sound changes.* ([\d.]+), ([\d.]+) and ([\d.]+) % with a tolerance of 1, 2 and 3",
                  " ".join(page.split()))
if not found:
    sys.exit("describe shopify states no shares")
wrong = []
with tempfile.TemporaryDirectory() as folder:
    for tolerance, stated in enumerate(map(float, found.groups())):
        low, mean, high = measured(folder, tolerance)
        print(f"tolerance {tolerance}: stated {stated} %, measured {mean:.2f} % ({low:.2f} to {high:.2f})")
        if not low <= stated <= high:
            wrong.append(tolerance)
sys.exit(f"not what was measured: tolerance {wrong}" if wrong else 0)
