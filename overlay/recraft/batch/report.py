"""report.html: one page that stands alone. It opens from the disk, loads nothing, and runs no script."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .previews import preview
from .pricing import UNITS_PER_USD
from .store import Store
from .summary import Summary, summary

REPORT = "report.html"

#: How many jobs and how many previews a page has: beyond that it opens too slowly to be of use.
MOST_JOBS, MOST_PREVIEWS = 2000, 300

STATES = ("done", "paid", "sent", "todo", "failed", "doubt", "expired")
_TITLES = {"done": "done", "paid": "to be fetched", "sent": "in flight", "todo": "to do", "doubt": "in doubt"}

#: What needs somebody's eye first.
_ORDER = "case state when 'doubt' then 0 when 'expired' then 1 when 'failed' then 2 when 'paid' then 3 else 4 end"

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882 }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1100px; padding: 24px }
h1 { font-size: 22px; margin: 0 } h2 { font-size: 16px; margin: 28px 0 8px }
p { margin: 4px 0 } .soft { opacity: .7 }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid var(--line); padding: 6px 8px; text-align: left; vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0 }
.figures div { background: var(--soft); border-radius: 8px; padding: 8px 16px }
.figures b { display: block; font-size: 20px }
.tag { border-radius: 99px; padding: 1px 10px; white-space: nowrap; background: var(--soft) }
.failed .tag, .expired .tag { background: #d33; color: #fff } .doubt .tag { background: #e90; color: #000 }
.done .tag { background: #2a7; color: #fff }
.words { overflow-wrap: anywhere } .error { color: #d33; overflow-wrap: anywhere }
.pictures { display: flex; flex-wrap: wrap; gap: 4px } img { max-width: 96px; max-height: 96px; border-radius: 4px }
input[name=state] { position: absolute; opacity: 0 }
label { cursor: pointer; border: 1px solid var(--line); border-radius: 99px; padding: 2px 12px; margin-right: 4px;
  display: inline-block; margin-bottom: 8px }
input:checked + label { background: #2a7; color: #fff; border-color: #2a7 }
input:focus-visible + label { outline: 2px solid #39f }
"""


def write_report(store: Store, folder: Path, previews: int = MOST_PREVIEWS) -> Path:
    """Write the page anew, whole or not at all."""
    new = folder / f".{REPORT}.new"
    with open(new, "w", encoding="utf-8", errors="replace") as file:
        for part in _page(store, folder, previews):
            file.write(part)
    os.replace(new, folder / REPORT)
    return folder / REPORT


def _page(store: Store, folder: Path, previews: int) -> Iterator[str]:
    now = summary(store, folder)
    hide = "".join(f"#only-{each}:checked ~ table tr[data-state]:not(.{each}) {{ display: none }}" for each in STATES)
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    yield (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{_text(folder.name)}: {now.done} of {now.jobs} jobs done</title><style>{_STYLE}{hide}</style></head>"
        f"<body><h1>{_text(folder.name)}</h1>"
    )
    yield _figures(now)
    yield from _costs(store)
    yield from _errors(store)
    yield from _jobs(store, folder, now, previews)
    yield "</body></html>\n"


def _figures(now: Summary) -> str:
    figures = {
        f"of {now.jobs} jobs done": now.done,
        "images": now.images,
        "units": f"{now.units:,.0f}",
        "US dollars": f"{now.usd:,.2f}",
        "failed": now.failed,
        "in doubt": now.in_doubt,
        "expired": now.expired,
        "to do": now.todo + now.paid,
    }
    boxes = "".join(f"<div><b>{value}</b>{name}</div>" for name, value in figures.items())
    return f'<div class="figures">{boxes}</div>'


def _costs(store: Store) -> Iterator[str]:
    rows = store.rows(
        "select coalesce(model, '') as model, operation, date(at, 'unixepoch') as day, count(*) as calls, "
        "total(credits) as units from jobs where credits is not null group by 1, 2, 3 order by day, units desc"
    )
    yield "<h2>Cost by model and day</h2><table><tr><th>Day (UTC)<th>Model<th>Operation"
    yield '<th class="number">Calls<th class="number">Units<th class="number">USD</tr>'
    for row in rows:
        model = _text(row["model"]) or '<span class="soft">the service&#39;s choice</span>'
        yield f"<tr><td>{row['day']}<td>{model}<td>{_text(row['operation'])}<td class=number>{row['calls']:,}"
        yield f"<td class=number>{row['units']:,.0f}<td class=number>{row['units'] / UNITS_PER_USD:,.2f}</tr>"
    yield "</table>"


def _errors(store: Store) -> Iterator[str]:
    rows = store.rows(
        "select json_extract(error, '$.type') as kind, state, count(*) as many, min(json_extract(error, '$.message')) "
        "as example from jobs where error is not null group by 1, 2 order by many desc"
    )
    if rows:
        yield '<h2>Errors</h2><table><tr><th class="number">Jobs<th>State<th>Error<th>One of them says</tr>'
    for row in rows:
        yield f'<tr class="{row["state"]}"><td class=number>{row["many"]:,}<td>{_tag(row["state"])}'
        yield f"<td>{_text(row['kind'])}<td class=words>{_text(row['example'])}</tr>"
    if rows:
        yield "</table>"


def _jobs(store: Store, folder: Path, now: Summary, previews: int) -> Iterator[str]:
    yield '<h2>Jobs</h2><div><input type="radio" name="state" id="only-all" checked><label for="only-all">all</label>'
    counts = {row[0]: row[1] for row in store.rows("select state, count(*) from jobs group by 1")}
    for state in STATES:
        if state in counts:
            title = f"{_TITLES.get(state, state)} ({counts[state]:,})"
            yield f'<input type="radio" name="state" id="only-{state}"><label for="only-{state}">{title}</label>'
    total = sum(counts.values())
    if total > MOST_JOBS:
        yield f"<p class=soft>The first {MOST_JOBS:,} of {total:,} jobs, those with troubles before the others; "
        yield "results.jsonl has all images.</p>"
    yield '<table><tr><th class="number">Line<th>Job<th>State<th>Images<th class="number">Units</tr>'
    for row in store.rows(f"select * from jobs order by {_ORDER}, line, number limit ?", MOST_JOBS):
        files = store.rows("select file from images where job = ? and file is not null order by place", row["number"])
        pictures, previews = _pictures(folder, [each["file"] for each in files], previews)
        yield _job(row, pictures)
    yield "</table></div>"


def _job(row: Any, pictures: str) -> str:
    arguments = json.loads(row["arguments"])
    prompt = arguments.pop("prompt", "")
    rest = ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in arguments.items())
    error = json.loads(row["error"]) if row["error"] else None
    said = f'<p class="error">{_text(error["type"])}: {_text(error["message"])}</p>' if error else ""
    units = "" if row["credits"] is None else f"{row['credits']:g}"
    return (
        f'<tr data-state class="{row["state"]}"><td class="number">{row["line"]}<td class="words"><b>{_text(row["id"])}'
        f'</b> <span class="soft">{_text(row["operation"])}</span><p>{_text(_short(prompt))}</p>'
        f'<p class="soft">{_text(_short(rest))}</p>{said}<td>{_tag(row["state"])}<td><div class="pictures">{pictures}'
        f'</div><td class="number">{units}</tr>\n'
    )


def _pictures(folder: Path, files: list[str], left: int) -> tuple[str, int]:
    """Links to images, with previews for as long as there may be more."""
    parts = []
    for file in files:
        shown = None
        if left > 0 and (shown := preview(folder / "images" / file)) is not None:
            left -= 1
        inside = f'<img src="{shown}" alt="{_text(file)}">' if shown else _text(file)
        parts.append(f'<a href="images/{quote(file)}">{inside}</a>')
    return "".join(parts), left


def _tag(state: str) -> str:
    return f'<span class="tag">{_TITLES.get(state, state)}</span>'


def _short(text: object) -> str:
    said = str(text)
    return said if len(said) <= 300 else f"{said[:299]}…"


def _text(text: object) -> str:
    return escape("" if text is None else str(text), quote=True)
