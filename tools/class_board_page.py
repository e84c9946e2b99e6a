"""The page of tools/class-board: what stands on the wall. Signs of hints do not: where a lesson is hard is told in
numbers, who took a hint is nobody's business."""
import collections
import html

SIGNS = {"fresh": ("", "not begun"), "started": ("…", "begun"), "passed": ("✓", "passed"),
         "gave-up": ("–", "went on with the solution")}

STYLE = """
:root{--ink:#111;--paper:#fff;--soft:#555;--line:#999;--passed:#bcd8f5;--begun:#fff2c6;--left:#ddd;--stuck:#ffc9b0}
@media(prefers-color-scheme:dark){:root{--ink:#eee;--paper:#111;--soft:#bbb;--line:#777;--passed:#1f4a73;
--begun:#574a10;--left:#444;--stuck:#7a3010}}
*{box-sizing:border-box}body{font:20px/1.4 sans-serif;margin:1.5rem;color:var(--ink);background:var(--paper);
overflow-wrap:anywhere}h1{font-size:1.5em;margin:0}h2{font-size:1.1em;margin:1em 0 .2em}p{margin:.2em 0}
.soft{color:var(--soft)}ul{margin:.2em 0 1em;padding-left:1.2em;columns:22em}.titles{display:none}
table{border-collapse:collapse;margin:1em 0}th,td{border:1px solid var(--line);padding:.2em .4em;text-align:center}
thead th{vertical-align:bottom;font-weight:normal}
thead span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;text-align:left}
td{min-width:2.4em}th[scope=row]{text-align:left;font-weight:normal;max-width:16em}tbody th[scope=row]{font-weight:bold}
.passed{background:var(--passed)}.started{background:var(--begun)}.gave-up{background:var(--left)}
.stuck{background:var(--stuck);font-weight:bold;white-space:nowrap}
tfoot tr:first-child>*{border-top:3px solid var(--ink)}
figure{margin:1.5em 0}figure img{max-width:100%;max-height:80vh}
"""

# On a narrow screen a row becomes a box: the name, and below it a small field for each lesson with its number.
NARROW = """
@media(max-width:%dpx){body{margin:.8rem;font-size:17px}thead{display:none}table,tbody,tfoot{display:block}
tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(2.9em,1fr));gap:3px;margin:0 0 .8em}.titles{display:block}
th[scope=row]{grid-column:1/-1;max-width:none;border:0;padding:0}
td{min-width:0;min-height:3.2em;padding:.1em .2em}
td::before{content:attr(data-lesson);display:block;font-size:14px;font-weight:normal;color:inherit}
tfoot tr:first-child>*{border-top:1px solid var(--line)}tfoot tr:first-child{border-top:3px solid var(--ink);
padding-top:.5em}tfoot tr:first-child>th{border:0}}
"""


def median(values):
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def minutes(number):
    return f"{number:.0f} min"


def told_apart(learners):
    """A name to show for each: those that several have, or that are empty, carry where they come from."""
    seen = collections.Counter(l["name"] for l in learners)
    labels = [l["name"] if seen[l["name"]] == 1 else f'{l["name"]} ({l["source"]})' for l in learners]
    again, used = collections.Counter(labels), collections.Counter()
    for i, label in enumerate(labels):
        if again[label] > 1:
            used[label] += 1
            labels[i] = f"{label} #{used[label]}"
    return labels


def entry_of(learner, lesson):
    return learner["lessons"].get(lesson, {"mark": "fresh"})


def cell(learner, lesson, stuck_after):
    entry = entry_of(learner, lesson)
    sign, word = SIGNS[entry["mark"]]
    kind = entry["mark"]
    if learner.get("open") == lesson and learner["waited"] >= stuck_after:
        kind, sign, word = "stuck", f'{learner["waited"]:.0f}′', f'begun, {minutes(learner["waited"])} so far'
    return (f'<td class="{kind}" data-lesson="{html.escape(lesson.split("-")[0])}" title="{html.escape(word)}">'
            f'{sign}</td>')


def row(label, learner, lessons, stuck_after):
    cells = "".join(cell(learner, lesson, stuck_after) for lesson in lessons)
    return f'<tr><th scope="row"><bdi>{html.escape(label)}</bdi></th>{cells}</tr>'


def summary_row(title, lessons, values):
    cells = "".join(f'<td data-lesson="{html.escape(l.split("-")[0])}">{v}</td>' for l, v in zip(lessons, values))
    return f'<tr><th scope="row">{title}</th>{cells}</tr>'


def summary(learners, lessons):
    """How many are through, where hints were needed, and how long it took half of them."""
    through, hints, times = [], [], []
    for lesson in lessons:
        entries = [entry_of(l, lesson) for l in learners]
        through.append(sum(e["mark"] == "passed" for e in entries))
        hints.append(sum(e.get("hints", False) for e in entries) or "")
        took = [e["minutes"] for e in entries if "minutes" in e]
        times.append(f"{median(took):.0f}" if took else "")
    return "\n".join([summary_row(f"passed, of {len(learners)}", lessons, through),
                      summary_row("took a hint", lessons, hints),
                      summary_row("minutes (median)", lessons, times)])


def waiting(labels, learners, titles, stuck_after):
    """Who has been in one lesson for long, the longest first."""
    found = [(l["waited"], label, l) for label, l in zip(labels, learners)
             if l.get("open") in titles and l["waited"] >= stuck_after]
    if not found:
        return f"<p>Nobody has been in one lesson for {minutes(stuck_after)} or longer.</p>"
    lines = []
    for waited, label, learner in sorted(found, key=lambda f: (-f[0], f[1].lower())):
        more = "+" if learner.get("at_least") else ""
        attempts = entry_of(learner, learner["open"]).get("attempts")
        tries = "" if attempts is None else f', {attempts} {"attempt" if attempts == 1 else "attempts"}'
        number = learner["open"].split("-")[0]
        lines.append(f'<li><bdi>{html.escape(label)}</bdi>: {html.escape(number)} '
                     f'{html.escape(titles[learner["open"]])}, {waited:.0f}{more} min{tries}</li>')
    return f"<h2>In one lesson for {minutes(stuck_after)} or longer</h2>\n<ul>\n" + "\n".join(lines) + "\n</ul>"


def footnote(learners, stuck_after):
    legend = ", ".join(f"{sign} {word}" for sign, word in SIGNS.values() if sign)
    text = (f"{legend}, 12′ minutes in a lesson that is not passed, if {stuck_after:.0f} or more. They count from its "
            "beginning or from the last pass, whichever is later")
    if any(l["timed"] == "code" for l in learners):
        text += "; of typed codes, when the code was asked for"
    if any(l["timed"] == "file" for l in learners):
        text += "; of files, by the clocks of the learners' machines"
    if any(l["timed"] == "no" for l in learners):
        text += ". Some codes carry no times"
    return text + "."


def page(learners, titles, when, stuck_after, lesson=None, picture=""):
    """`titles`: of the lessons, by name, in order. `when`: for people. `picture`: of that lesson, as HTML,
    below the table."""
    lessons, labels = list(titles), told_apart(learners)
    if lesson:
        picture = f'<h2>{html.escape(lesson.split("-")[0])} {html.escape(titles[lesson])}</h2>\n{picture}'
    heads = "".join(f'<th scope="col"><span>{html.escape(l.split("-")[0])} {html.escape(t)}</span></th>'
                    for l, t in titles.items())
    body = "\n".join(row(label, l, lessons, stuck_after) for label, l in zip(labels, learners))
    style = STYLE + NARROW % (330 + 58 * len(lessons))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Class board</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<style>{style}</style></head><body>
<h1>Class board</h1>
<p class="soft">As of {html.escape(when)}</p>
{waiting(labels, learners, titles, stuck_after)}
<table><thead><tr><th></th>{heads}</tr></thead>
<tbody>
{body}
</tbody><tfoot>
{summary(learners, lessons)}
</tfoot></table>
<p class="soft titles">{html.escape(", ".join(f'{l.split("-")[0]} {t}' for l, t in titles.items()))}.</p>
<p class="soft">{footnote(learners, stuck_after)}</p>
{picture}
</body></html>
"""
