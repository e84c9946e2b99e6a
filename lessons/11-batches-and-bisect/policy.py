#!/usr/bin/env python3
"""Batches, cut in halves when they are red. Yours to change: batch_size, and all the rest if you like.

One line of JSON comes in, one goes out; sim/strategy/exec/README.md has all that may be said.
"""
import json
import sys


def batch_size(landed, ejected):
    """How many changes to test together next, given how many have landed and how many were ejected so far."""
    return 2


class Queue:
    """What is remembered of one queue."""

    def __init__(self):
        self.landed = 0
        self.ejected = 0
        self.parts = []  # parts of red batches that are still to be tested, the next one first

    def testable(self, items, wanted):
        """Those of the wanted items that can be tested together now, in the order of the queue."""
        chain = []
        for item in items:
            if item["id"] in wanted and not item.get("blocked") and all(need in chain for need in item["needs"]):
                chain.append(item["id"])
        return chain

    def next_chain(self, items):
        everything = self.testable(items, {item["id"] for item in items})
        while self.parts:
            chain = self.testable(items, set(self.parts.pop(0)))
            if chain and chain[0] == everything[0]:
                return chain
            if chain:  # somebody left, and what is first now was never tested alone: begin anew, to land in order
                self.parts = []
        return everything[: max(1, batch_size(self.landed, self.ejected))]

    def decide(self, message):
        """The actions to take now; none if there is nothing to do."""
        if not message["trials"]:
            chain = self.next_chain(message["items"])
            return [{"do": "open", "trial": "batch", "chain": chain, "members": len(chain)}] if chain else []
        trial = message["trials"][0]
        chain = trial["chain"]
        if trial["verdict"] is None:
            return []
        if trial["verdict"] == "passed":
            self.landed += len(chain)
            return [{"do": "land", "trial": "batch"}]
        if len(chain) == 1:
            self.ejected += 1
            return [{"do": "eject", "trial": "batch", "item": chain[0]}]
        half = (len(chain) + 1) // 2
        self.parts[:0] = [chain[:half], chain[half:]]
        return [{"do": "settle", "trial": "batch"}]


queues = {}
for line in sys.stdin:
    message = json.loads(line)
    if "hello" in message:
        queues = {}
        answer = {"ready": 1, "view": 32}
    else:
        answer = {"actions": queues.setdefault(message["queue"], Queue()).decide(message)}
    print(json.dumps(answer), flush=True)
