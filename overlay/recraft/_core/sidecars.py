"""What stands beside an image's file: how it came to be, as JSON-LD."""

from __future__ import annotations

import hashlib
import json
from typing import IO

from ..results import Image

#: What a sidecar is called: the name of the image's file, and this.
ENDING = ".jsonld"


def record(image: Image, file: IO[bytes], name: str, media_type: str) -> bytes:
    """The sidecar of an image that is whole in `file` and will be called `name`: what `to_jsonld` says, and what binds
    it to the file.
    """
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    about = {**image.to_jsonld(), "media_type": media_type, "sha256": digest, "file": name}
    return (json.dumps(about, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
