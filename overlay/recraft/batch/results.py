"""results.jsonl: a line an image, for whatever comes after the batch."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .store import Store

RESULTS = "results.jsonl"

_DONE = """
select id, line, operation, arguments, credits, request_id, answer, place, image_id, file, sha256, bytes,
    revised_prompt, after, (select count(*) from images as each where each.job = number) as together
from jobs left join images on images.job = number
where state = 'done' order by line, number, place
"""


def write_results(store: Store, folder: Path) -> None:
    """Write the file anew, whole or not at all."""
    new = folder / f".{RESULTS}.new"
    with open(new, "w", encoding="utf-8") as file:
        for result in results(store):
            file.write(json.dumps(result, ensure_ascii=False) + "\n")
    os.replace(new, folder / RESULTS)


def results(store: Store) -> Iterator[dict[str, Any]]:
    """What every done job gave: an image each, or what its answer said where it made none. What a call cost is divided
    among its images.
    """
    with store.lock:
        for row in store.db.execute(_DONE):
            found: dict[str, Any] = {name: row[name] for name in ("id", "line", "operation")}
            found["inputs"] = json.loads(row["arguments"])
            if row["file"] is not None:
                found |= {"image_id": row["image_id"], "index": row["place"], "file": f"images/{row['file']}"}
                found |= {name: row[name] for name in ("sha256", "bytes", "revised_prompt")}
            elif row["answer"] is not None:
                found["result"] = json.loads(row["answer"])
            found["credits"] = None if row["credits"] is None else row["credits"] / max(1, row["together"])
            found["request_id"] = row["request_id"]
            if row["after"] is not None:
                found["after"] = json.loads(row["after"])
            yield found
