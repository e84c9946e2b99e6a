"""The year as a process-based model in SimPy (Debian's python3-simpy, version 2), for comparison of speed.

    /usr/bin/python3 year_simpy.py CHANGES      prints: builds events cpu_seconds peak_mib

The same arrivals, queues, jobs, durations, pool and boot times as scenarios/year, in distribution. What is simpler than
in gatesim's gate: no window; no needs between jobs, every build takes one node; a change fails by one draw, at one job; a
failure restarts everything behind it in its queue at once, on whatever is left in front; nobody comes back; no contract,
no causes, no records; a build that is stopped while it waits for a node stays in line and hands the node back at once.
"""

import random
import resource
import sys
import time

try:
    from SimPy.Simulation import (Process, Resource, activate, hold, initialize, now, release, request, simulate)
except ImportError:
    sys.exit("python3-simpy is not installed")

MINUTE = 60.0
# median in minutes, sigma: the twenty jobs of scenarios/year
JOBS = ([(3, .4), (3, .4), (5, .4), (2, .3), (8, .25), (9, .35), (9, .35), (12, .35), (12, .35)] + [(22, .25)] * 4 +
        [(40, .2)] * 4 + [(45, .2), (35, .2), (50, .2)])
WEIGHTS = [290, 110, 150, 140, 90, 90, 70, 60]
FAILS = 0.02 + 0.98 * (1 - (1 - 0.001) ** 18)
counts = {"builds": 0, "events": 0}


class Build(Process):
    def __init__(self, item, job):
        Process.__init__(self)
        self.item, self.job, self.stopped, self.holding = item, job, False, False

    def run(self, pool):
        yield request, self, pool
        if not self.stopped:
            self.holding = True
            yield hold, self, random.lognormvariate(4.4998, 0.4)
            counts["events"] += 1
        if not self.stopped:
            counts["builds"] += 1
            median, sigma = self.job
            yield hold, self, median * MINUTE * random.lognormvariate(0, sigma)
            counts["events"] += 1
        self.holding = False
        yield release, self, pool
        counts["events"] += 1
        if not self.stopped:
            self.item.ended(self)


class Item:
    def __init__(self, queue, pool):
        self.queue, self.pool, self.builds, self.failed = queue, pool, [], False
        self.bad_job = random.randrange(len(JOBS)) if random.random() < FAILS else None

    def start(self):
        self.left = len(JOBS)
        for job in JOBS:
            build = Build(self, job)
            self.builds.append(build)
            activate(build, build.run(self.pool))

    def stop(self, by):
        for build in self.builds:
            if not build.stopped:
                build.stopped = True
                if build.holding:
                    by.interrupt(build)
        self.builds = []

    def ended(self, build):
        self.left -= 1
        if self.bad_job is not None and JOBS[self.bad_job] is build.job and not self.failed:
            self.failed = True
            behind = self.queue[self.queue.index(self) + 1:]
            for item in behind:
                item.stop(build)
                item.start()
        while self.queue and (self.queue[0].left == 0):
            self.queue.pop(0)


class Arrivals(Process):
    def run(self, changes, queues, pool):
        for _ in range(changes):
            yield hold, self, random.expovariate(1140 / 86400.0)
            counts["events"] += 1
            queue = random.choices(queues, WEIGHTS)[0]
            item = Item(queue, pool)
            queue.append(item)
            item.start()


def main():
    random.seed(1)
    began = time.process_time()
    initialize()
    pool = Resource(capacity=550)
    arrivals = Arrivals()
    activate(arrivals, arrivals.run(int(sys.argv[1]), [[] for _ in WEIGHTS], pool))
    simulate(until=1e12)
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(counts["builds"], counts["events"], took, peak)


main()
