#!/usr/bin/env python3
"""forge_test.py COMPILER SIM TESTS: a strategy cannot write what it is judged by (forge.cpp).

Compiled with FORGE, each EITHER of the file has to be an error for a reason of access or of const; without, the file has
to compile. So no way is held shut by a slip of the pen."""
import os
import re
import subprocess
import sys

compiler, sim, tests = sys.argv[1:4]
source = os.path.join(tests, "property", "forge", "forge.cpp")
shut = re.compile("is (?:private|protected|inaccessible) within this context|inaccessible base|read-only|discards qualifiers|as .this. argument discards"
                  "|is not polymorphic|cannot .dynamic_cast.|no matching function for call to .swap|cannot bind|binding reference"
                  "|use of deleted function")


def compiled(*options):
    return subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-fno-diagnostics-show-caret", f"-I{sim}", *options, source],
                          capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})


honest = compiled()
if honest.returncode:
    sys.exit(f"what a strategy may do does not compile:\n{honest.stderr}")

errors = {}
for line in compiled("-DFORGE").stderr.splitlines():
    found = re.match(r".*forge\.cpp:(\d+):\d+: error: (.*)", line)
    if found:
        errors.setdefault(int(found[1]), []).append(found[2])

ways, open_ways = 0, []
for number, text in enumerate(open(source), 1):
    if not text.strip().startswith("EITHER("):
        continue
    ways += 1
    if not any(shut.search(error) for error in errors.get(number, [])):
        open_ways.append(f"{source}:{number}: {text.strip()}\n    {errors.get(number, 'compiles')}")
if open_ways or ways < 40:
    sys.exit("\n".join([f"{len(open_ways)} of {ways} ways to forge are open:", *open_ways]))
print(f"{ways} ways to forge, all shut; {ways} honest ones, all open")
