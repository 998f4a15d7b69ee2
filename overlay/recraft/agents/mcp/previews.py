"""Small pictures of results, for a model to see: its context must not hold whole images."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from mcp_types import ImageContent

from recraft.batch.previews import thumbnail

#: All previews of one result, in characters of base64.
LARGEST = 256 * 1024

#: The longer side in pixels that is tried first, and the last one.
SIDE, SMALLEST = 512, 64

#: An SVG of more bytes, or that takes more seconds, is not drawn.
LARGEST_SVG, SECONDS = 4 * 2**20, 10

#: What draws an SVG, in a process of its own: one that makes it fail or hang must not end a server with paid calls
#: under way. It is drawn into a square, as a narrow one at a given width would be as high as memory allows.
_DRAW = (
    "import sys, resvg_py; svg = sys.stdin.buffer.read().decode();"
    f"sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=svg, width={SIDE}, height={SIDE})))"
)

#: What would have the drawing read files of this machine, and show them to whoever sees the preview.
_READS_FILES = re.compile(
    r"<!(?:ENTITY|DOCTYPE[^>]*\[)|href\s*=\s*[\"'](?!\s*(?:#|data:image/(?:png|jpeg|webp|gif)[;,]))", re.I
)


def previews(paths: Sequence[Path | None]) -> list[ImageContent]:
    """A small picture of each image that can be shown, all together no larger than `LARGEST`."""
    there = [path for path in paths if path is not None]
    share = LARGEST // max(1, len(there))
    made = [data for path in there if (data := _preview(path, share)) is not None]
    return [ImageContent(type="image", data=data, mime_type="image/jpeg") for data in made]


def _preview(path: Path, share: int) -> str | None:
    """A JPEG in base64; None when the image cannot be shown."""
    try:
        # No larger than a preview, and what is transparent on a light grey, so that white shows.
        picture = thumbnail(io.BytesIO(_drawn(path)) if path.suffix == ".svg" else path, SIDE, "#e8e8e8")
        side = SIDE
        while side >= SMALLEST:
            buffer = io.BytesIO()
            picture.thumbnail((side, side))
            picture.save(buffer, "JPEG", quality=80)
            data = base64.b64encode(buffer.getvalue()).decode()
            if len(data) <= share:
                return data
            side //= 2
    except Exception:  # whatever a damaged picture makes the decoder raise: the file is there, and that is told
        pass
    return None


def _drawn(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_SVG:
        raise ValueError("too large to be drawn")
    svg = path.read_text("utf-8")
    if _READS_FILES.search(svg):
        raise ValueError("it names files")
    drawing = [sys.executable, "-I", "-c", _DRAW]
    return subprocess.run(drawing, input=svg.encode(), capture_output=True, check=True, timeout=SECONDS).stdout
