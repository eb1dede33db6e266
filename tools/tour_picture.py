#!/usr/bin/env python3
"""Draws the picture of the README: what one simulated shopper of samples/shop chose, and what is recommended to them, and why.

    tools/tour_picture.py WORKSPACE USER OUT.svg      after `make demo`: build/shop-simulated simulated-001 docs/images/tour.svg
"""
import base64
import html
import json
import pathlib
import subprocess
import sys
import textwrap

MEDLEY = pathlib.Path(__file__).resolve().parent.parent / "build" / "medley"
TILE, GAP, TEXT = 150, 18, 107
COLUMNS = 5
WIDTH = COLUMNS * (TILE + GAP) + GAP


def ask(workspace, *args):
    return json.loads(subprocess.run([MEDLEY, *args, "--json", "--workspace", workspace], check=True, capture_output=True).stdout)


def picture(workspace, item):
    path = pathlib.Path(workspace) / "pictures" / f"{item}.jpg"
    return base64.b64encode(path.read_bytes()).decode() if path.exists() else None


def tile(workspace, x, y, item, title, lines):
    data = picture(workspace, item)
    out = [f'<rect x="{x}" y="{y}" width="{TILE}" height="{TILE}" rx="6" fill="#eef0f2"/>']
    if data:
        out.append(f'<image x="{x}" y="{y}" width="{TILE}" height="{TILE}" preserveAspectRatio="xMidYMid meet" '
                   f'href="data:image/jpeg;base64,{data}"/>')
    else:
        out.append(f'<text x="{x + TILE / 2}" y="{y + TILE / 2}" text-anchor="middle" class="faint">no picture</text>')
    out.append(f'<text x="{x}" y="{y + TILE + 18}" class="title">{html.escape(textwrap.shorten(title, 22, placeholder="…"))}</text>')
    for row, line in enumerate(lines):
        out.append(f'<text x="{x}" y="{y + TILE + 35 + 15 * row}" class="faint">{html.escape(line)}</text>')
    return "\n".join(out)


def row(workspace, y, heading, tiles):
    out = [f'<text x="{GAP}" y="{y}" class="heading">{html.escape(heading)}</text>']
    for column, (item, title, lines) in enumerate(tiles):
        out.append(tile(workspace, GAP + column * (TILE + GAP), y + 14, item, title, lines))
    return "\n".join(out)


def main(workspace, user, out):
    answer = ask(workspace, "recommend", "--user", user, "--k", str(COLUMNS))["items"]
    parts = ask(workspace, "explain", "--user", user, "--item", answer[0]["id"])["parts"]
    history = [part for part in parts if part["by"] == "history"][:COLUMNS]
    chosen = [(part["of"], part["of"].replace("-", " "), [f"speaks with {part['value']:+.2f} for", f"{answer[0]['title']}"]) for part in history]
    listed = [(item["id"], item["title"], [f"{item['reason']}, score {item['score']:.1f}", *textwrap.wrap(item["sentence"], 25)[:4]])
              for item in answer]
    step = TILE + TEXT + 40
    body = [row(workspace, 30, f"{user} chose (the five that speak most for the first recommendation)", chosen),
            row(workspace, 30 + step, "medley recommends", listed)]
    pathlib.Path(out).write_text(f'''<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{2 * step + 10}" font-family="sans-serif">
<style>.heading{{font-size:15px;font-weight:bold;fill:#222}}.title{{font-size:13px;fill:#222}}.faint{{font-size:11px;fill:#666}}</style>
<rect width="100%" height="100%" fill="white"/>
{chr(10).join(body)}
</svg>
''')


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
