"""How large an uploaded file may be, by the service's documentation (2026-11-23)."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from recraft.sandbox.wire import invalid

MEGABYTE = 1 << 20
MEGAPIXELS = 16
LONGEST = 4096
TOGETHER = 64  # megabytes of the images of one style
FORMATS = ("PNG", "JPEG", "WEBP")


@frozen
class FileLimits:
    """Bounds of one picture: bytes, format, pixels. `least` bounds each side from below; None leaves the sides open."""

    megabytes: int = 10
    least: int | None = 256

    def check_bytes(self, name: str, data: bytes) -> None:
        """Raise Problem 400 when the file is too large to be sent."""
        if len(data) >= self.megabytes * MEGABYTE:
            size = f"{len(data) / MEGABYTE:.1f} MB"
            raise invalid(name, f"the file has {size}, it must be smaller than {self.megabytes} MB")

    def check_picture(self, name: str, kind: str | None, width: int, height: int) -> None:
        """Raise Problem 400 when format or size are none that the service takes."""
        if kind not in FORMATS:
            raise invalid(name, f"{kind} is not taken here; send PNG, JPEG or WebP")
        if self.least is None:
            return
        if width * height > MEGAPIXELS * 1_000_000:
            size = f"{width}x{height} is {width * height / 1_000_000:.1f} megapixels"
            raise invalid(name, f"{size}, at most {MEGAPIXELS} are taken; scale the image down")
        if min(width, height) < self.least or max(width, height) > LONGEST:
            raise invalid(name, f"{width}x{height}, each side must have {self.least} to {LONGEST} pixels")


STYLE_IMAGES = FileLimits(least=None)


def check_together(files: Sequence[tuple[str, bytes]]) -> None:
    """Raise Problem 400 when the images of a style are too large together."""
    total = sum(len(data) for _, data in files)
    if total > TOGETHER * MEGABYTE:
        raise invalid(files[0][0], f"{total / MEGABYTE:.1f} MB together, at most {TOGETHER} MB are taken")
