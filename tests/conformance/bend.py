#!/usr/bin/env python3
"""bend.py REFERENCE --seeds FROM:TO [--ties]: random scenarios, bent.

Takes the scenarios of a reference's generator (REFERENCE/gen.py) and bends them towards the corners where gates go
wrong: latencies on everything, odd job lists, needs named twice or listed later, late approvals, many events, several
of them at one instant. Writes one case a line, {"name", "scenario", "expected"}, with what the reference says
(REFERENCE/refsim.py); scenarios on which that one hangs are left out, and counted on standard error."""

import argparse
import copy
import json
import random
import sys

WANTED = ('dequeue', 'promote', 'abandon', 'new_patchset', 'new_patchset', 'enqueue', 'approve', 'merge')


class Bender:
    def __init__(self, scenario, seed, ties):
        self.sc, self.ties = scenario, ties
        self.r = random.Random(f'bent {seed} {ties}')
        self.ids = [c['id'] for c in scenario['changes']]
        self.span = max([0] + [self.asked(c) for c in scenario['changes']]) + (200 if ties else 1500000)

    @staticmethod
    def asked(change):
        at = change.get('enqueue_at')
        return max(at.values(), default=0) if isinstance(at, dict) else at or 0

    def p(self, share):
        return self.r.random() < share

    def when(self):
        return self.r.randint(0, self.span // 10) * 10 if self.ties else self.r.randint(0, self.span)

    def latency(self):
        return self.r.choice([0, 0, 10, 20, 30]) if self.ties else self.r.choice(
            [0, self.r.randint(1, 20000), self.r.randint(1, 400000)])

    def bend(self):
        if self.p(.5):
            self.sc['latency'] = {k: self.latency() for k in ('merge', 'node', 'start', 'abort')}
        if self.p(.3):
            self.sc['workers'] = self.r.choice([1, 2, 3, 4])
        if self.p(.2):
            self.sc['relative_priority'] = True
        pipelines = self.pipelines()
        for project in self.sc['projects'].values():
            self.bend_jobs(project, pipelines)
        for change in self.sc['changes']:
            self.bend_change(change)
        if self.p(.4):
            self.r.shuffle(self.sc['changes'])
        self.add_events(pipelines)
        return self.sc

    def pipelines(self):
        several = self.sc.get('pipelines')
        for conf in several.values() if several else [self.sc['pipeline']]:
            if self.p(.15):
                conf['dequeue_on_new_patchset'] = False
            if self.p(.1):
                conf['ignore_dependencies'] = True
            if self.p(.15):
                conf['reject_after_failure'] = True
            if self.p(.1):
                conf['precedence'] = self.r.choice(['high', 'normal', 'low'])
            if conf.get('manager', 'dependent') == 'dependent' and self.p(.2):
                conf.update(window=self.r.choice([1, 2, 3]), window_floor=1)
        if several:
            return list(several)
        return ['gate' if self.sc['pipeline'].get('manager', 'dependent') == 'dependent' else 'check']

    def bend_jobs(self, project, pipelines):
        jobs = project['jobs']
        for job in jobs:
            if self.p(.12):
                job['nodes'] = self.r.choice([0, 2, 3])
            if self.p(.08):
                job['voting'] = False
            if self.p(.05):
                job['hold_following_changes'] = True
            if self.p(.05):
                job['attempts'] = self.r.choice([1, 2])
        if self.p(.08):
            jobs.append({'name': 'noop'})
        if len(pipelines) > 1 and self.p(.3):
            project['jobs'] = {p: copy.deepcopy(jobs) if self.p(.8) else [] for p in pipelines if self.p(.75)}

    def bend_change(self, change):
        def earlier(other):
            return self.ids.index(other) < self.ids.index(change['id'])
        others = [i for i in self.ids if i != change['id']]
        if others and self.p(.2):
            change['depends_on'] = list(dict.fromkeys(change.get('depends_on', []) + [self.r.choice(others)]))
        parents = [i for i in (change.get('depends_on', []) if self.p(.4) else self.ids) if earlier(i)]
        if parents and self.p(.1):
            change['git_depends_on'] = [self.r.choice(parents)]
        if self.p(.1):
            change['approved_at'] = self.when()
        if others and self.p(.08):
            change['conflicts_with'] = [self.r.choice(others)]
        if self.p(.05):
            change['fail_merge'] = True
        jobs = self.sc['projects'][change['project']]['jobs']
        names = sorted({j['name'] for some in (jobs.values() if isinstance(jobs, dict) else [jobs]) for j in some})
        if names and self.p(.1):
            run = change.setdefault('jobs', {}).setdefault(self.r.choice(names), {})
            run.update(self.r.choice([{'node_failure': True}, {'retry_runs': [0, self.r.randint(0, 2)]},
                                      {'fails_on_run': [self.r.randint(0, 2)]}]))

    def add_events(self, pipelines):
        events = self.sc.setdefault('events', [])
        for _ in range(self.r.choice([0, 1, 2, 3, 5, 8])):
            event = {'at': self.when(), 'type': self.r.choice(WANTED)}
            if events and self.p(.2):
                event['at'] = self.r.choice(events)['at']
            if event['type'] == 'promote':
                event['changes'] = self.r.sample(self.ids, min(len(self.ids), self.r.choice([1, 2, 3])))
                event['pipeline'] = self.r.choice(pipelines)
            else:
                event['change'] = self.r.choice(self.ids)
            if event['type'] in ('dequeue', 'enqueue'):
                event['pipeline'] = self.r.choice(pipelines)
            if event['type'] == 'new_patchset' and self.p(.6):
                event['enqueue'] = self.r.sample(pipelines, self.r.randint(1, len(pipelines)))
            events.append(event)
        events.sort(key=lambda event: event['at'])


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('reference')
    parser.add_argument('--seeds', required=True)
    parser.add_argument('--ties', action='store_true')
    wanted = parser.parse_args(argv)
    sys.path.insert(0, wanted.reference)
    import gen
    import refsim
    first, end = map(int, wanted.seeds.split(':'))
    left_out = 0
    for seed in range(first, end):
        profile = gen.PROFILES[seed % len(gen.PROFILES)]
        scenario = Bender(gen.generate(seed, profile, wanted.ties), seed, wanted.ties).bend()
        expected = refsim.run_scenario(copy.deepcopy(scenario))
        if any(expected.get(trouble) for trouble in ('livelock', 'stuck', 'closed')):
            left_out += 1
            continue
        print(json.dumps({'name': f'{profile}-{seed}', 'scenario': scenario, 'expected': expected}))
    print(f'left out: {left_out} of {end - first}', file=sys.stderr)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
