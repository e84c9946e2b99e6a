#!/usr/bin/env python3
"""readme_test.py TREE PROGRAM CASE: README.md is run, and what it prints is what comes out.

A block whose first line begins with tools/gatesim holds commands. A block right after it, without a language, holds what
its last command prints: lines between two … stand together in the real output, and the pieces stand there in this order.

CASE is `outputs`, `commands`, `scenario`, `claims` or `itself`.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

# What a reader puts in, and what keeps a command without printed output short.
STAND_INS = {"exec:./mine.py": "exec:./mine.py --trials 20", "calibrate": "--replications 1"}


def blocks(text):
    """(language, lines) of every fenced block, in order."""
    found = []
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
        found.append((match[1], match[2].rstrip("\n").split("\n")))
    return found


def commands_of(block):
    language, lines = block
    if language or not lines[0].startswith("tools/gatesim"):
        return []
    return [re.sub(r"\s+#.*", "", line) for line in lines if line.startswith("tools/gatesim")]


def pieces(lines):
    """The parts of a printed output between lines that hold only …"""
    parts = [[]]
    for line in lines:
        if line.strip() == "…":
            parts.append([])
        else:
            parts[-1].append(line.rstrip())
    return [part for part in parts if part]


def missing_piece(lines, output):
    """The first piece that the output does not have, or None."""
    real = [line.rstrip() for line in output.split("\n")]
    start = 0
    for piece in pieces(lines):
        for at in range(start, len(real) - len(piece) + 1):
            if real[at:at + len(piece)] == piece:
                start = at + len(piece)
                break
        else:
            return "\n".join(piece)
    return None


class Room:
    """An empty folder in which the commands of README are typed."""

    def __init__(self, tree, program):
        self.program = program
        self.folder = tempfile.mkdtemp()
        for name in ("scenarios", "lessons", "sim"):
            os.symlink(os.path.join(tree, name), os.path.join(self.folder, name))
        shutil.copy(os.path.join(tree, "sim/strategy/exec/serial.py"), os.path.join(self.folder, "mine.py"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def run(self, command):
        """(exit code, stdout, stdout and stderr) of a command as README has it."""
        typed = command.replace("tools/gatesim", f"'{self.program}'", 1)
        environment = {**os.environ, "GATESIM_CALLED_AS": "tools/gatesim", "NO_COLOR": "1", "COLUMNS": "80", "USER": "ann"}
        done = subprocess.run(["bash", "-c", f"{typed} 2>stderr"], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, check=False)
        with open(os.path.join(self.folder, "stderr"), encoding="utf-8") as errors:
            said = errors.read()
        printed = done.stdout.decode()
        return done.returncode, printed, printed + said


def case_outputs(readme, room):
    problems = []
    tried = 0
    found = blocks(readme)
    for block, after in zip(found, found[1:]):
        commands = commands_of(block)
        if not commands or after[0] or commands_of(after):
            continue
        tried += 1
        code, _, said = room.run(commands[-1])
        if code != 0:
            problems.append(f"{commands[-1]}: exit {code}\n{said[-500:]}")
        elif (lacks := missing_piece(after[1], said)) is not None:
            problems.append(f"{commands[-1]} does not print this any more:\n{lacks}")
    if tried < 4:
        problems.append(f"only {tried} outputs found in README.md; the test reads it no longer as it is written")
    return problems


def case_commands(readme, room):
    problems = []
    tried = 0
    for block in blocks(readme):
        for command in commands_of(block):
            for word, more in STAND_INS.items():
                if word in command:
                    command = command.replace(word, more) if more.startswith(word) else f"{command.split(' | ')[0]} {more}"
            if command.startswith("tools/gatesim compare") or command.startswith("tools/gatesim sweep"):
                command += " --replications 2"
            tried += 1
            # A lesson begins red, and is meant to; one replication is too few for what a calibration claims.
            allowed = (1,) if command == "tools/gatesim lesson check" else (0, 1) if " calibrate " in command else (0,)
            code, _, said = room.run(command)
            if code not in allowed:
                problems.append(f"{command}: exit {code}\n{said[-500:]}")
    if tried < 15:
        problems.append(f"only {tried} commands found in README.md")
    return problems


def case_scenario(readme, room):
    """The scenario printed in README runs, and the facts printed there are understood in it."""
    documents = [json.loads(text if text.lstrip().startswith("{") else "{" + text + "}")
                 for text in ("\n".join(lines) for language, lines in blocks(readme) if language == "json")]
    scenarios = [document for document in documents if "load" in document]
    if not scenarios:
        return ["README.md has no scenario in a json block"]
    problems = []
    for number, scenario in enumerate(scenarios):
        for document in documents:
            if "facts" in document:
                scenario = {**scenario, **document}
        os.mkdir(os.path.join(room.folder, f"my-scenario-{number}"))
        with open(os.path.join(room.folder, f"my-scenario-{number}", "scenario.json"), "w", encoding="utf-8") as file:
            json.dump(scenario, file)
        code, _, said = room.run(f"tools/gatesim run my-scenario-{number}")
        if code != 0:
            problems.append(f"a scenario of README.md: exit {code}\n{said[-500:]}")
    return problems


def numbers_of(document):
    """What a claim may name: m(metric) is its mean, told(minute, text) is a line of a story, and the document is `all`.

    Of a comparison: arm(label, metric) and gap(label, metric), the difference, each with mean, low, high (a difference also
    with verdict and pairing); half(of one of them) is half the width of its interval."""

    def mean(name):
        return document["metrics"][name]["mean"]

    def told(minute, text):
        return any(line["at_s"] == 60 * minute and text in line["text"] for line in document["story"])

    def arm(label, metric):
        return document["strategies"][label]["metrics"][metric]

    def gap(label, metric):
        return document["differences"][label][metric]

    def half(interval):
        return (interval["high"] - interval["low"]) / 2

    return {"m": mean, "told": told, "arm": arm, "gap": gap, "half": half, "all": document, "abs": abs, "round": round, "len": len, "min": min, "max": max, "sum": sum}


def case_claims(tree, room, claims):
    """Every sentence of claims.json stands where it says, and holds in the run it is about."""
    problems = []
    runs = {}
    for claim in claims:
        where = os.path.join(tree, claim["in"])
        with open(where, encoding="utf-8") as file:
            text = re.sub(r"\s+", " ", file.read())
        if re.sub(r"\s+", " ", claim["sentence"]) not in text:
            problems.append(f"{claim['in']} has no sentence \"{claim['sentence']}\" any more: mend tests/readme/claims.json")
            continue
        command = claim["run"]
        if command not in runs:
            where_to = "" if command.startswith("explain") else f" --out out-{len(runs)}"
            code, printed, said = room.run(f"tools/gatesim {command} --json{where_to}")
            if code not in (0, 1):
                problems.append(f"{command}: exit {code}\n{said[-500:]}")
                continue
            runs[command] = json.loads(printed)
        if not eval(claim["holds"], {"__builtins__": {}, **numbers_of(runs[command])}):  # pylint: disable=eval-used
            problems.append(f"{claim['in']}: \"{claim['sentence']}\" does not hold: {claim['holds']}")
    return problems


def case_itself(readme):
    """The test can fail: a figure changed by a digit is noticed."""
    printed = ["a 1", "b 2", "c 3", "d 4"]
    problems = []
    if missing_piece(["a 1", "…", "c 3"], "\n".join(printed)) is not None:
        problems.append("a right output is refused")
    for wrong in (["a 2"], ["a 1", "c 3"], ["c 3", "…", "a 1"], ["d 4", "e 5"]):
        if missing_piece(wrong, "\n".join(printed)) is None:
            problems.append(f"a wrong output passes: {wrong}")
    if not any(commands_of(block) for block in blocks(readme)):
        problems.append("no command found in README.md")
    return problems


def main():
    tree, program, case = sys.argv[1:4]
    with open(os.path.join(tree, "README.md"), encoding="utf-8") as file:
        readme = file.read()
    with Room(tree, program) as room:
        if case == "outputs":
            problems = case_outputs(readme, room)
        elif case == "commands":
            problems = case_commands(readme, room)
        elif case == "scenario":
            problems = case_scenario(readme, room)
        elif case == "claims":
            with open(os.path.join(tree, "tests/readme/claims.json"), encoding="utf-8") as file:
                problems = case_claims(tree, room, json.load(file))
        else:
            problems = case_itself(readme)
    for problem in problems:
        print("FAILED:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
