"""Where the examples of the documents run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from PIL import Image

from recraft import testing
from recraft.sandbox import Sandbox


@pytest.fixture
def readers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the files that the examples use, a service to call, and no waiting."""
    monkeypatch.chdir(tmp_path)
    shade = numpy.linspace(0, 255, 480 * 320, dtype="uint8").reshape(320, 480)
    Image.fromarray(numpy.dstack([shade, shade[::-1], shade.max() - shade])).save("photo.jpg")
    Image.fromarray(numpy.where(shade > 128, 255, 0).astype("uint8")).save("mask.png")
    for number, name in enumerate(("second.png", "third.png")):
        Image.new("RGB", (48, 48), (90 * number, 120, 200)).save(name)
    with Sandbox(limits=False, small_pictures=True) as sandbox, testing.no_waits():
        monkeypatch.setenv("RECRAFT_API_TOKEN", sandbox.token)
        monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
        yield tmp_path
