"""What an XML parser and a look at the attributes say of every chart that picture_gallery draws."""
import re
import subprocess
import sys
import xml.dom.minidom

program = sys.argv[1]


def fail(text):
    sys.exit(f"FAILED: {text}")


for kind, charts, limit in (("usual", 12, 12_000), ("worst", 22, 12_000), ("many", 4, 140_000)):
    page = subprocess.run([program, kind], capture_output=True, check=True, encoding="utf-8").stdout
    if page != subprocess.run([program, kind], capture_output=True, check=True, encoding="utf-8").stdout:
        fail(f"{kind}: two runs differ")
    pictures = re.findall(r"<figure>(<svg.*?</svg>)\n</figure>", page, re.S)
    if len(pictures) != 3 * charts:
        fail(f"{kind}: {len(pictures)} pictures instead of {3 * charts}")
    ids = []
    for picture in pictures:
        svg = xml.dom.minidom.parseString(picture).documentElement
        name = svg.getAttribute("id")
        elements = [svg] + list(svg.getElementsByTagName("*"))
        own = [e.getAttribute("id") for e in elements if e.hasAttribute("id")]
        ids += own
        if svg.getAttribute("role") != "img":
            fail(f"{name}: no role")
        for label in svg.getAttribute("aria-labelledby").split():
            if label not in own:
                fail(f"{name}: aria-labelledby names {label}, which is not there")
        if len(picture) > limit:
            fail(f"{name}: {len(picture)} bytes, more than {limit}")
        for element in elements:
            if element.tagName == "script":
                fail(f"{name}: a script")
            for attribute, value in element.attributes.items():
                if re.search(r"\b(nan|inf)\b", value, re.I):
                    fail(f"{name}: {attribute}={value}")
                if attribute in ("d", "x", "y", "width", "height", "cx", "cy") and re.search(r"\.\d{3}", value):
                    fail(f"{name}: more than two decimals in {attribute}={value}")
                for target in re.findall(r"url\(#([^)]*)\)", value):
                    if target not in own:
                        fail(f"{name}: there is no {target}")
    if len(ids) != len(set(ids)):
        fail(f"{kind}: an id is there twice")
    if kind == "worst" and "nothing to show" not in page:
        fail("no picture says that there is nothing to show")
