"""The picture of the lesson in which the class is, for tools/class-board: drawn by `gatesim lesson picture`. Only those that
give nothing away, for the board may hang on the wall."""
import base64
import collections
import html
import os

from class_board_read import Trouble, read_bytes, read_json


def where_the_class_is(learners, lessons):
    """The lesson that most have open, of several the first; None if nobody has one open."""
    counts = collections.Counter(learner.get("open") for learner in learners)
    best = max(lessons, key=lambda lesson: counts[lesson], default=None)
    return best if best and counts[best] > 0 else None


def figures(folder, track, lesson):
    """As HTML: the pictures of the lesson that its manifest calls shown, from the files in `folder`."""
    if not os.path.isdir(folder):
        raise Trouble(f"--pictures {folder}: there is no such folder; `gatesim lesson picture --out {folder}` makes it", 4)
    manifest = read_json(os.path.join(track, lesson, "lesson.json"), "lesson.json")
    pictures = manifest.get("pictures") if isinstance(manifest, dict) else None
    found = []
    for name, picture in (pictures if isinstance(pictures, dict) else {}).items():
        if not isinstance(picture, dict) or picture.get("shown") is not True:
            continue
        path = os.path.join(folder, f"{lesson.split('-')[0]}-{name}.svg")
        if not os.path.exists(path):
            raise Trouble(f"{path} is missing; `gatesim lesson picture --out {folder}` makes it", 4)
        text = html.escape(str(picture.get("text", "")))
        data = base64.b64encode(read_bytes(path)).decode()  # a picture by itself: its style stays in it
        found.append(f'<figure><img src="data:image/svg+xml;base64,{data}" alt="{text}"><figcaption>{text}</figcaption></figure>')
    return "\n".join(found)
