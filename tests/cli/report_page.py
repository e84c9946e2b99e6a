"""Looks at a page: report_page.py FILE CHECK... Each check is one argument, a word and what it is about:

  text WORDS        stands in the page as text      figure ID      is there, with a drawing, not "nothing to show"
  no-figure ID      is not there                    no-element TAG is not there
  summary FILE      the headline numbers are those of that summary.json; compare FILE: of every arm of that compare.json
"""
import json
import re
import sys
import xml.dom.minidom


def fail(text):
    sys.exit(f"FAILED: {text}")


def words_of(node):
    if node.nodeType == node.TEXT_NODE:
        return node.data
    return "".join(words_of(child) for child in node.childNodes)


def numbers_of(cell):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", cell)]


UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "%": 0.01}


def agrees(cell, metric):
    """Whether the first number of a cell is the mean, as far as its digits go."""
    mean = metric["mean"]
    match = re.match(r"(-?\d+(?:\.(\d+))?)(?:e\S+)? ?(%|[a-z]+)?", cell)
    if not match:
        return mean is None
    factor = UNITS.get(match.group(3) or "", 1) if metric["unit"] in ("s", "share") else 1
    digits = len(match.group(2) or "")
    slack = 0.51 * 10 ** -digits * factor if digits else max(0.51 * factor, abs(mean) * 0.05)
    return abs(float(match.group(1)) * factor - mean) <= slack


def check_numbers(rows, name, metrics, column):
    looked = 0
    for key, metric in metrics.items():
        if key in rows and metric["mean"] is not None:
            looked += 1
            if not agrees(rows[key][column], metric):
                fail(f"{name} {key}: the page says {rows[key][column]!r}, the document {metric['mean']}")
    if looked < 10:
        fail(f"only {looked} numbers of {name} stand in the page")


path, checks = sys.argv[1], sys.argv[2:]
source = open(path, encoding="utf-8").read()
page = xml.dom.minidom.parseString(source.replace("<!DOCTYPE html>\n", "", 1)).documentElement
elements = list(page.getElementsByTagName("*"))
ids = [e.getAttribute("id") for e in elements if e.hasAttribute("id")]
if len(ids) != len(set(ids)):
    fail("an id is there twice: " + ", ".join(sorted({i for i in ids if ids.count(i) > 1})))
for e in elements:
    for name, value in e.attributes.items():
        if name in ("src", "srcset", "data", "action") or (name == "href" and not value.startswith("#")):
            fail(f"<{e.tagName} {name}={value}> asks for something from outside")
        if name in ("aria-labelledby", "href"):
            for target in value.lstrip("#").split():
                if target not in ids:
                    fail(f"{name}={value}: there is no {target}")
if re.search(r"url\((?!#)|@import", source):
    fail("the style asks for something from outside")
text = re.sub(r"\s+", " ", words_of(page))
tables = {}
for section in page.getElementsByTagName("section"):
    if section.getAttribute("id") == "numbers":
        for row in section.getElementsByTagName("tr"):
            cells = [words_of(c) for c in row.childNodes if c.nodeType == c.ELEMENT_NODE]
            tables[cells[0]] = cells[1:]
for check in checks:
    word, about = check.split(" ", 1)
    figures = {f.getAttribute("id"): f for f in page.getElementsByTagName("figure")}
    if word == "text" and about not in text:
        fail(f"the page does not say: {about}")
    if word == "figure":
        if about not in figures:
            fail(f"there is no figure {about}; there are {', '.join(figures)}")
        if len(figures[about].getElementsByTagName("svg")) != 2 or "nothing to show" in words_of(figures[about]):
            fail(f"the figure {about} shows nothing")
    if word == "no-figure" and about in figures:
        fail(f"there is a figure {about}")
    if word == "no-element" and page.getElementsByTagName(about):
        fail(f"there is an element <{about}>")
    if word == "summary":
        check_numbers(tables, about, json.load(open(about, encoding="utf-8"))["metrics"], 0)
    if word == "compare":
        arms = json.load(open(about, encoding="utf-8"))["strategies"]
        for column, (arm, study) in enumerate(arms.items()):
            check_numbers(tables, arm, study["metrics"], column)
