"""What tools/class-board reads: the course, progress files and codes. Whatever they hold, the answer is a learner or one
sentence that says what is wrong."""
import json
import os
import re
import stat
import sys

import class_board_page

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = LETTERS + "+%@=U"
MARKS = ["fresh", "started", "passed", "passed-with-hints", "passed-with-all-hints", "gave-up"]
FIRST_LINE = "gatesim lessons, format 1"
LARGEST = 1 << 20           # no progress file and no track is longer
MOST_LESSONS = 30           # that a code can tell of
SAME_DAY = 8 * 60           # minutes: what was begun before that is not waited for now
LAST_SECOND = 10 ** 12      # as gatesim itself has it

# Texts as they are, or comments, which JSON files here may have.
TEXT_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


class Trouble(Exception):
    def __init__(self, text, code=2):
        super().__init__(text)
        self.code = code


def say(text):
    print(f"tools/class-board: {text}", file=sys.stderr)


def text_of(data):
    """Text in UTF-8; older editors and systems wrote Latin-1, in which every byte is a letter."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_bytes(path):
    """A whole file, but no pipe and no device: they may never end."""
    try:
        kind = os.stat(path).st_mode
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "a pipe, a socket or a device"
            raise Trouble(f"{path}: this is {what}, not a file")
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise Trouble(f"{path}: {problem.strerror}", 4)
    except ValueError:  # a name that no file can have
        raise Trouble(f"{path!r}: no file can be called so")
    if len(data) > LARGEST:
        raise Trouble(f"{path}: this is too long to be a file of the course (over 1 MiB)")
    return data


def read_json(path, what):
    text = text_of(read_bytes(path)).removeprefix("\ufeff")
    try:
        return json.loads(TEXT_OR_COMMENT.sub(lambda m: m[0] if m[0].startswith('"') else " ", text))
    except (ValueError, RecursionError):
        raise Trouble(f"{path}: this is no {what}: it is not JSON that can be read")


def title_of(folder, lesson):
    """What the lesson is called; where its manifest says nothing, its folder's name does."""
    try:
        title = read_json(os.path.join(folder, lesson, "lesson.json"), "lesson.json").get("title")
    except (Trouble, AttributeError):
        title = None
    plain = lesson.split("-", 1)[-1].replace("-", " ")
    return title if isinstance(title, str) and title.strip() else plain


def read_track(folder):
    """The titles of its lessons, by name, in order."""
    path = os.path.join(folder, "track.json")
    document = read_json(path, "track.json")
    entries = document.get("lessons") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise Trouble(f'{path}: this is no track.json: it has no list "lessons"')
    names = [entry.get("lesson") if isinstance(entry, dict) else None for entry in entries]
    if not all(isinstance(name, str) and re.fullmatch(r"[a-z0-9-]{1,80}", name) for name in names):
        raise Trouble(f'{path}: this is no track.json: each of "lessons" needs a "lesson" like "05-bet-on-the-future"')
    if not names or len(names) > MOST_LESSONS or len(set(names)) < len(names):
        raise Trouble(f"{path}: a course has 1 to {MOST_LESSONS} lessons, each of them once; this one names {len(names)}")
    return {name: title_of(folder, name) for name in names}


def letters_of(name, code, lessons):
    """The values of a code's letters, without the one that checks them."""
    plain = code.replace("-", "").replace(" ", "").upper()
    letters, check = plain[:-1].replace("O", "0").replace("I", "1").replace("L", "1"), plain[-1:]
    wanted = (3 * len(lessons) + 4) // 5
    if len(letters) not in (wanted, wanted + 2):
        raise Trouble(f"{name}: the code {code} is not of this course ({len(lessons)} lessons)")
    values = [LETTERS.find(c) for c in letters]
    total = sum((i % 35 + 1) * (v + 1) for i, v in enumerate(values))
    if -1 in values or CHECKS[total % 37] != check:
        raise Trouble(f"{name}: the code {code} has a slip in it")
    return values[:wanted], values[wanted:]


def from_code(name, code, lessons):
    """What a code tells: three bits a lesson, five bits a letter, and a letter that checks the others. Two more letters
    are the lesson that is open and for how long, in steps of two minutes."""
    values, more = letters_of(name, code, lessons)
    bits = "".join(f"{v:05b}" for v in values)
    marks = [int(bits[3 * i:3 * i + 3], 2) for i in range(len(lessons))]
    if max(marks) >= len(MARKS) or (more and more[0] >= len(lessons)):
        raise Trouble(f"{name}: the code {code} has a slip in it")
    entries = {}
    for lesson, mark in zip(lessons, marks):
        word = MARKS[mark]
        entries[lesson] = {"mark": "passed" if word.startswith("passed") else word, "hints": "hints" in word}
    out = {"name": name, "source": code, "lessons": entries, "timed": "code" if more else "no"}
    if not more and "started" not in [e["mark"] for e in entries.values()]:
        out["timed"] = "code"  # nothing is open, so there is no time to tell
    if more:
        out.update(open=lessons[more[0]], waited=2 * more[1], at_least=more[1] == 31)
    return out


def number(fields, key, most):
    value = fields.get(key, "0")
    if not re.fullmatch(r"[0-9]{1,15}", value) or int(value) > most:
        raise ValueError(key)
    return int(value)


def read_lesson(words):
    fields = dict(word.split("=", 1) for word in words[2:])
    mark = fields.get("is", "fresh")
    if mark not in class_board_page.SIGNS:
        raise ValueError(mark)
    entry = {"mark": mark, "attempts": number(fields, "attempts", 10 ** 6), "hints": number(fields, "hints", 4) > 0,
             "begun": number(fields, "begun", LAST_SECOND), "done": number(fields, "done", LAST_SECOND)}
    if mark == "passed" and 0 < entry["begun"] <= entry["done"]:
        entry["minutes"] = (entry["done"] - entry["begun"]) / 60
    return entry


def from_file(path, label, now):
    """`label`: how the file is told from others."""
    lines = text_of(read_bytes(path)).splitlines()
    if not lines or lines[0] != FIRST_LINE:
        raise Trouble(f"{path}: this is no progress file")
    out = {"name": label, "source": label, "lessons": {}, "timed": "file"}
    current, damaged = "", 0
    for line in lines[1:]:
        words = line.split()
        try:
            if words[:1] == ["learner"]:
                out["name"] = line.split(None, 1)[1].strip()[:60]
            elif words[:1] == ["current"]:
                current = words[1]
            elif words[:1] == ["lesson"]:
                out["lessons"][words[1]] = read_lesson(words)
            elif words and words[0] not in ("#", "track", "from", "predicted"):
                raise ValueError(line)
        except (ValueError, IndexError):
            damaged += 1
    if damaged:
        say(f"{path}: {damaged} of its lines cannot be understood and are left out")
    put_waiting(out, current, now)
    return out


def put_waiting(learner, current, now):
    """For how long the current lesson has been open, since its beginning or the last pass."""
    entry = learner["lessons"].get(current, {})
    if entry.get("mark") == "started" and entry["begun"]:
        since = max([entry["begun"]] + [e["done"] for e in learner["lessons"].values()])
        waited = (now - since) // 60
        if 0 <= waited <= SAME_DAY:
            learner.update(open=current, waited=waited)


def is_progress_file(path):
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return file.read(len(FIRST_LINE)) == FIRST_LINE.encode()
    except OSError:
        return False


def progress_files(folder):
    def stop(problem):
        raise Trouble(f"{problem.filename}: {problem.strerror}", 4)
    found = []
    for where, folders, files in os.walk(folder, onerror=stop):
        folders.sort()
        found += [path for path in (os.path.join(where, name) for name in sorted(files)) if is_progress_file(path)]
    if not found:
        raise Trouble(f"{folder}: no progress file in it")
    return found


def label_of(path, folder):
    """Where in the folder it lies, without what all are called."""
    shown = os.path.relpath(path, folder) if folder else path
    return shown.removesuffix("/.bootcamp-state.txt").removesuffix(".txt")


def typed_codes(lessons):
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Trouble("standard input: this is too long to be codes (over 1 MiB)")
    lines = [line.rsplit(None, 1) for line in text_of(data).splitlines() if line.strip()]
    if any(len(words) != 2 for words in lines):
        raise Trouble("standard input: each line is a name, a blank and a code")
    return [from_code(name, code, lessons) for name, code in lines]


def learners_of(who, lessons, now, seen):
    """`seen`: files that are on the board already; nobody stands on it twice."""
    if who == "-":
        return typed_codes(lessons)
    if "=" in who and not os.path.exists(who):
        name, code = who.split("=", 1)
        return [from_code(name or "?", code, lessons)]
    folder = who if os.path.isdir(who) else ""
    out = []
    for path in progress_files(who) if folder else [who]:
        if os.path.realpath(path) not in seen:
            seen.add(os.path.realpath(path))
            out.append(from_file(path, label_of(path, folder), now))
    return out
