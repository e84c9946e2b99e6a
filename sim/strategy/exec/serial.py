#!/usr/bin/env python3
"""The strategy serial, from outside: one change at a time, on the branch as it is. See README.md in this folder.

    gatesim run scenarios/quickstart --strategy exec:sim/strategy/exec/serial.py
"""
import json
import sys


def decide(queue):
    """What to do now, given the queue as it is: a list of actions, empty if there is nothing to do."""
    if not queue["trials"]:
        for item in queue["items"]:
            if not item["needs"] and not item.get("blocked"):
                return [{"do": "open", "trial": "front", "chain": [item["id"]]}]
        return []
    trial = queue["trials"][0]
    if trial["verdict"] is None:  # its jobs still run
        return []
    if trial["verdict"] == "passed":
        return [{"do": "land", "trial": trial["trial"]}]
    return [{"do": "eject", "trial": trial["trial"], "item": trial["chain"][0]}]


for line in sys.stdin:
    message = json.loads(line)
    answer = {"ready": 1} if "hello" in message else {"actions": decide(message)}
    print(json.dumps(answer), flush=True)
