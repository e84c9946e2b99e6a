#!/usr/bin/env python3
"""make_logs.py DIR --seed N [--grammar NAME] [--causes all|none|few] [--changes N]: synthetic build logs with planted causes.

DIR/builds.csv and DIR/logs/BUILD.gz as `gatesim correlate` reads them, and DIR/truth.csv (build,cause) and
DIR/factors.csv (cause,factor) beside them. Written apart from the simulator and from the command that it judges: sentences,
layers and times are drawn anew for each seed, so that no rule can know them.
"""
import argparse
import csv
import gzip
import os
import random

GRAMMARS = ["service", "syslog", "json", "bracket", "headings", "files", "bare"]
NOUNS = """volume server image token quota flavor port subnet bridge tenant agent worker message queue socket session cache
schema migration index snapshot backup replica shard leader follower lease lock mutex thread pool buffer stream packet route
gateway certificate key bucket object container pod node cluster mount device partition inode driver kernel module package
mirror registry artifact wheel archive compiler linker symbol fixture suite scenario assertion schedule trigger hook event
cursor transaction rollback checkpoint journal ledger barrier heartbeat probe metric counter gauge alarm policy role grant
domain realm ticket cookie header payload frame channel topic consumer producer broker exchange binding filter rule chain""".split()
VERBS = """created deleted attached detached updated resized migrated restored refreshed expired revoked allocated released
claimed scheduled dispatched delivered dropped retried aborted committed flushed synced mounted unmounted resolved bound
unbound registered removed rotated renewed validated rejected accepted opened closed started stopped paused resumed polled
probed scanned indexed parsed compiled linked packed unpacked fetched pushed pulled cloned merged rebased applied skipped""".split()
TROUBLES = """timed out|was refused|is stale|has gone away|is out of range|was not found|cannot be reached|is held by another owner
lost its lease|returned no rows|did not converge|is already in use|has an unexpected state|is missing a parent
was closed by the peer|exceeded its deadline|does not match the digest|reported a short read""".replace("\n", "|").split("|")
GLUE = "for on after before while with during without near inside across beyond".split()
LEVELS = ["DEBUG", "INFO", "INFO", "INFO", "WARNING"]


class Grammar:
    """How lines are written: layers, times, levels, and a stock of sentences with gaps."""

    def __init__(self, rng, name):
        self.rng, self.name = rng, name
        services = ["api", "sched", "compute", "network", "auth", "store", "conductor", "metering"]
        prefix = rng.choice(["n-", "svc_", "", "x.", "q-"])
        self.layers = ["console"] + [prefix + s for s in rng.sample(services, 4)]
        self.modules = {layer: [f"{rng.choice(NOUNS)}.{rng.choice(NOUNS)}" for _ in range(5)] for layer in self.layers}

    def slot(self):
        return self.rng.choice(["{n}", "{hex}", "{uuid}", "{ip}", "{path}", "{dur}", "{user}", "{word}"])

    def sentence(self, trouble=False, slots=None):
        r = self.rng
        parts = [r.choice(NOUNS), r.choice(NOUNS)]
        parts.append(r.choice(TROUBLES) if trouble else r.choice(VERBS))
        for _ in range(slots if slots is not None else r.randint(1, 3)):
            parts += [r.choice(GLUE), r.choice(NOUNS), self.slot()]
        if r.random() < .4:
            parts += [r.choice(GLUE), r.choice(NOUNS)]
        return " ".join(parts)

    def trace(self):
        r = self.rng
        deep = [f'  File "/opt/stack/{r.choice(NOUNS)}/{r.choice(NOUNS)}_{r.choice(NOUNS)}.py", line {{n}}, in {r.choice(VERBS)}_{r.choice(NOUNS)}'
                for _ in range(r.randint(2, 5))]
        return ["Traceback (most recent call last):"] + deep + [
            f"{r.choice(NOUNS).title()}{r.choice(['Error', 'Exception', 'Timeout'])}: {self.sentence(True, 1)}"]

    def fill(self, text, r):
        while "{" in text:
            at, end = text.index("{"), text.index("}")
            kind = text[at + 1:end]
            value = {"n": lambda: str(r.randint(0, 10 ** r.randint(1, 6))),
                     "hex": lambda: f"{r.getrandbits(40):010x}",
                     "uuid": lambda: f"{r.getrandbits(32):08x}-{r.getrandbits(16):04x}-{r.getrandbits(16):04x}-{r.getrandbits(48):012x}",
                     "ip": lambda: f"10.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}:{r.randint(1024, 65000)}",
                     "path": lambda: f"/{r.choice(NOUNS)}/{r.getrandbits(24):06x}/{r.choice(NOUNS)}",
                     "dur": lambda: f"{r.random() * 100:.3f}s",
                     "user": lambda: r.choice(["alice", "bob", "carol", "dave", "erin", "frank"]),
                     "word": lambda: r.choice(NOUNS)}[kind]()
            text = text[:at] + value + text[end + 1:]
        return text

    def write(self, layer, level, text, second, r, key):
        h, m, s = int(second // 3600) % 24, int(second // 60) % 60, second % 60
        day = 6 + int(second // 86400)
        module = self.modules[layer][hash_of(key) % 5]
        if self.name == "service":
            return f"2014-01-{day:02} {h:02}:{m:02}:{s:06.3f} {layer} {r.randint(1000, 32000)} {level} {module} [req-{r.getrandbits(32):08x}] {text}"
        if self.name == "syslog":
            return f"Jan {day:2} {h:02}:{m:02}:{int(s):02} host-{r.randint(1, 99)} {layer}[{r.randint(1000, 32000)}]: {level}: {text}"
        if self.name == "json":
            quoted = text.replace("\\", "\\\\").replace('"', '\\"')
            return f'{{"ts": {second:.3f}, "layer": "{layer}", "level": "{level.lower()}", "msg": "{quoted}"}}'
        if self.name == "bracket":
            return f"[{h:02}:{m:02}:{int(s):02}] [{layer}] {level[:1]} {text}"
        if self.name == "bare":
            return f"{text}" if layer == "console" else f"{layer}: {text}"
        return f"2014-01-{day:02}T{h:02}:{m:02}:{s:06.3f}Z {level:7} {text}"


def hash_of(text):
    value = 0
    for c in text:
        value = (value * 131 + ord(c)) % 1000003
    return value


class World:
    def __init__(self, args):
        self.rng = random.Random(args.seed)
        r = self.rng
        self.args = args
        self.g = Grammar(r, args.grammar or GRAMMARS[args.seed % len(GRAMMARS)])
        g = self.g
        self.jobs = ["unit", "style", "full", "full-pg", "net", "upgrade"]
        self.providers = {"north": ["north-1", "north-2"], "west": ["west-1"], "east": ["east-1", "east-2"]}
        self.regions = [(p, one) for p, list_ in self.providers.items() for one in list_]
        self.nodes = [(f"node-{i}", *r.choice(self.regions)) for i in range(60)]
        layers = g.layers
        # Noise: common and rare lines, per job and in all; some are errors, one of them in a third of all runs.
        self.noise = [(r.choice(layers), r.choice(LEVELS), g.sentence(), r.choice([1, 1, .8, .5, .2]), r.choice([None] + self.jobs))
                      for _ in range(90)]
        self.noise += [(r.choice(layers), r.choice(["INFO", "WARNING", "ERROR"]), g.sentence(r.random() < .5),
                        10 ** r.uniform(-3.2, -1), None) for _ in range(150)]
        self.noise += [(r.choice(layers[1:]), "ERROR", g.sentence(True), .35, None)]
        self.good_traces = [(r.choice(layers[1:]), g.trace(), 10 ** r.uniform(-2.5, -.7)) for _ in range(6)]
        # What every failed run says, what failing tests of authors say, and lines that are merely more common in red runs.
        self.markers = [("console", "ERROR", g.sentence(True, 0) + " so the build is red"), ("console", "INFO", "exit code {n}")]
        self.styles = [[g.sentence(True, 0) + " in test {word}"], g.trace()[:1] + ["AssertionError: {n} != {n}"],
                       ["error: expected {word} before {word}"], ["FAILED (failures={n})"]]
        self.herrings = [(r.choice(layers), "WARNING", g.sentence(), .6, .2), (r.choice(layers), "ERROR", g.sentence(True), .5, .05)]
        self.shared = g.sentence(True, 1)
        self.causes = self.plan(args.causes)

    def plan(self, which):
        r, g = self.rng, self.g
        if which == "none":
            return []
        days = self.args.days
        family = ["full", "full-pg", "net"]
        out_from = r.uniform(1, days - 1) * 86400
        base_from = r.uniform(1, days - 2) * 86400
        causes = [
            dict(name="race", factor="", jobs=family, rate=r.choice([.009, .015, .03]), when=lambda b: True, shared=True),
            dict(name="region", factor="region", jobs=self.jobs[2:], rate=.06, when=lambda b, v=r.choice([x[1] for x in self.regions if len(self.providers[x[0]]) > 1]): b["region"] == v),
            dict(name="outage", factor="time", jobs=self.jobs, rate=.7, when=lambda b: out_from <= b["start"] < out_from + 7200),
            dict(name="regression", factor="base", jobs=r.sample(family, 2), rate=r.choice([.15, .3, .5]), shared=True,
                 when=lambda b: base_from <= b["base_at"] < base_from + 1.2 * 86400),
            dict(name="pair", factor="tested_with", jobs=["full", "net"], rate=.9, when=lambda b: b["pair"]),
        ]
        if which != "few":
            hour = r.randint(0, 23)
            node = r.choice(self.nodes)[0]
            causes += [
                dict(name="nightly", factor="hour", jobs=family, rate=.05, when=lambda b: (b["start"] / 3600 - hour) % 24 < 3),
                dict(name="disk", factor="node", jobs=self.jobs, rate=.5, when=lambda b: b["node"] == node),
                dict(name="rare", factor="", jobs=["net"], rate=.012, when=lambda b: True),
            ]
        for c in causes:
            layer = r.choice(g.layers[1:])
            lines = [(layer, "ERROR", g.sentence(True), 1.0)]
            lines += [(r.choice(g.layers), r.choice(["WARNING", "ERROR"]), g.sentence(True), r.choice([1, .9, .5])) for _ in range(r.randint(0, 2))]
            if c.get("shared"):
                lines.append(("console", "ERROR", self.shared, 1.0))
            c["lines"] = lines
            c["trace"] = (layer, g.trace()) if r.random() < .4 else None
        return causes

    def run(self):
        r, args = self.rng, self.args
        self.builds = []
        horizon = args.days * 86400
        landings = sorted(r.uniform(0, horizon) for _ in range(args.days * 60))
        arrivals = sorted(r.uniform(0, horizon * .98) for _ in range(args.changes))
        pair = r.sample(range(len(arrivals) // 3, len(arrivals) // 3 + 5), 2)
        gate = []  # changes in the gate now: (number, until, own)
        for number, at in enumerate(arrivals):
            defect = None
            if r.random() < .14 and number not in pair:
                style = r.choice(self.styles)
                defect = dict(jobs=r.sample(self.jobs, r.randint(1, 3)), lines=style + [f"see {self.g.sentence(True, 1)}"] * (r.random() < .7))
            patchset = 1
            for attempt in range(12):
                red = False
                gating = attempt > 0 and defect is None
                ahead = [n for n, until in gate if until > at and n != number][-6:] if gating else []
                if number in pair:
                    other = pair[0] if number == pair[1] else pair[1]
                    if gating and attempt < 5 and other not in ahead:
                        ahead.append(other)
                for job in self.jobs:
                    red = self.build(number, patchset, job, at, ahead, defect, landings, set(pair)) or red
                if gating:
                    gate.append((number, at + 7200))
                at += r.uniform(3600, 3 * 3600)
                if at > horizon:
                    break
                if not red and attempt > 0 and number not in pair:
                    break
                if not red and attempt > 6:
                    break
                if defect and red and r.random() < .6:
                    defect, patchset = None, patchset + 1
        return self.builds

    def build(self, change, patchset, job, at, ahead, defect, landings, pair):
        r = self.rng
        start = at + r.uniform(0, 900)
        node, provider, region = r.choice(self.nodes)
        base = max([i for i, t in enumerate(landings) if t <= at], default=-1)
        b = dict(build=f"b{len(self.builds):06}", job=job, node=node, region=region, provider=provider, start=round(start),
                 end=round(start + r.uniform(600, 4000)), change=f"c{change}", patchset=patchset, base=f"{hash_of(str(base) + 'x'):06x}{base}",
                 tested_with=" ".join(f"c{n}" for n in ahead), base_at=landings[base] if base >= 0 else 0,
                 pair=pair <= set(ahead) | {change})
        cause, lines = "", []
        if defect and job in defect["jobs"]:
            cause, lines = "own_defect", [("console", "ERROR", t) for t in defect["lines"]]
        else:
            for c in self.causes:
                if job in c["jobs"] and c["when"](b) and r.random() < c["rate"]:
                    cause = c["name"]
                    lines = [(layer, level, t) for layer, level, t, p in c["lines"] if r.random() < p]
                    if c["trace"]:
                        lines += [(c["trace"][0], "ERROR", t) for t in c["trace"][1]]
                    break
        b["cause"], b["result"] = cause, "FAILURE" if cause else "SUCCESS"
        keep = cause or r.random() < self.args.passed
        if keep:
            self.log(b, lines)
        self.builds.append(b)
        return bool(cause)

    def log(self, b, lines):
        r, g = self.rng, self.g
        out = []
        for layer, level, text, p, job in self.noise:
            if (job is None or job == b["job"]) and r.random() < p:
                out += [(layer, level, text)] * r.choice([1, 1, 2, 4])
        for layer, trace, p in self.good_traces:
            if r.random() < p:
                out += [(layer, "ERROR", tuple(trace))]
        failed = b["result"] == "FAILURE"
        for layer, level, text, bad, good in self.herrings:
            if r.random() < (bad if failed else good):
                out.append((layer, level, text))
        r.shuffle(out)
        for one in lines:
            out.insert(r.randint(len(out) // 2, len(out)), one)
        if failed:
            out += self.markers
        second = b["start"]
        layered = {layer: [] for layer in g.layers}
        flat = []
        for layer, level, text in out:
            second += r.expovariate(len(out) / (b["end"] - b["start"]))
            for t in text if isinstance(text, tuple) else (text,):
                line = g.write(layer, level, g.fill(t, r), second, r, t)
                flat.append(line)
                layered[layer].append(line)
        where = os.path.join(self.args.dir, "logs", b["build"])
        if g.name == "files":
            os.makedirs(where)
            for layer, list_ in layered.items():
                with gzip.open(f"{where}/{layer}.txt.gz", "wt") as f:
                    f.write("\n".join(list_) + "\n")
            return
        if g.name == "headings":
            flat = [x for layer in g.layers for x in [f"==> {layer}.txt <=="] + layered[layer]]
        with gzip.open(where + ".gz", "wt", compresslevel=1) as f:
            f.write("\n".join(flat) + "\n")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("dir")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--grammar", choices=GRAMMARS)
    p.add_argument("--causes", default="all", choices=["all", "few", "none"])
    p.add_argument("--changes", type=int, default=350)
    p.add_argument("--days", type=int, default=6)
    p.add_argument("--passed", type=float, default=.4, help="share of passed builds that keep a log")
    args = p.parse_args()
    os.makedirs(os.path.join(args.dir, "logs"))
    world = World(args)
    builds = world.run()
    columns = "build job node region provider start end result change patchset base tested_with".split()
    with open(os.path.join(args.dir, "builds.csv"), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(columns)
        w.writerows([[b[c] for c in columns] for b in builds])
    with open(os.path.join(args.dir, "truth.csv"), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["build", "cause"])
        w.writerows([[b["build"], b["cause"]] for b in builds if b["cause"]])
    with open(os.path.join(args.dir, "factors.csv"), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["cause", "factor"])
        w.writerows([[c["name"], c["factor"]] for c in world.causes])


main()
