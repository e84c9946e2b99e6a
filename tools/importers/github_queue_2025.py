#!/usr/bin/env python3
"""Draws scenarios/github-queue-2025/load.csv: changes for a GitHub merge queue, from published totals alone.

The snapshots the totals come from have no licence, so nothing of them is copied: 150 pull requests enter within 102.8
hours, as many a day as was seen, nine of ten in the six busiest hours. Notes: scenarios/github-queue-2025/notes.md.

    tools/importers/github_queue_2025.py > scenarios/github-queue-2025/load.csv
"""

import datetime
import random
import sys

START = datetime.datetime(2025, 10, 28, 9, 0, tzinfo=datetime.timezone.utc)
HOURS = 102.8
REQUESTS = 150
BUSY = range(16, 22)  # UTC
BUSY_SHARE = 0.9
WEEKEND = 0.6  # a weekend day against another one: 25 to 53 entries a day were seen


def weight(moment: datetime.datetime) -> float:
    hour = BUSY_SHARE / len(BUSY) if moment.hour in BUSY else (1 - BUSY_SHARE) / (24 - len(BUSY))
    return hour * (WEEKEND if moment.weekday() >= 5 else 1.0)


def main() -> None:
    draw = random.Random(2025)
    minutes = [START + datetime.timedelta(minutes=m) for m in range(int(HOURS * 60))]
    chosen = sorted(draw.choices(minutes, weights=[weight(m) for m in minutes], k=REQUESTS))
    out = sys.stdout
    out.write("project,change,author,enqueued\n")
    for number, moment in enumerate(chosen, start=1):
        second = moment + datetime.timedelta(seconds=draw.randrange(60))
        out.write(f"metal,pr-{number},{draw.randint(1, 60)},{second.strftime('%Y-%m-%dT%H:%M:%SZ')}\n")


if __name__ == "__main__":
    main()
