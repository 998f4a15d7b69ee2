"""`make demo` does what the README says: every kind of call, every picture saved, one sheet to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

import demo

PICTURES = {
    "city.svg", "flower-cut-out.webp", "flower-large.webp", "flower-on-peaks.webp", "flower.webp", "hills-erased.webp",
    "hills-in-spring.webp", "hills-inpainted.webp", "hills-large.webp", "hills-vectorized.svg", "hills-wider.webp",
    "hills.webp", "peaks-in-style.webp", "ribbons-1.webp", "ribbons-2.webp",
}  # fmt: skip


@pytest.mark.slow
def test_the_demo_saves_every_picture_and_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    (tmp_path / "hills.webp").write_bytes(b"of an earlier run")
    (tmp_path / "hills.webp").write_bytes(b"of an earlier run, in another format")
    assert demo.main(["--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == PICTURES | {"mine.txt", "hills-mask.png", "contact-sheet.png"}
    with Image.open(tmp_path / "contact-sheet.png") as sheet:
        assert len(sheet.convert("RGB").resize((64, 64)).getcolors(4096) or ()) > 200
    with Image.open(tmp_path / "flower-cut-out.webp") as cut_out:
        assert cut_out.mode == "RGBA"
    printed = capsys.readouterr().out
    assert f"{demo.CALLS}/{demo.CALLS}" in printed
    assert "contact-sheet.png" in printed
    assert "706 units (0.71 USD)" in printed


def test_without_a_token_the_live_demo_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("RECRAFT_API_TOKEN", raising=False)
    assert demo.main(["--live", "--out", str(tmp_path)]) == 2
    assert "RECRAFT_API_TOKEN" in capsys.readouterr().out


def test_a_refused_call_ends_the_demo_with_its_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from recraft.sandbox import Sandbox

    with Sandbox(limits=False, balance=100) as sandbox:
        monkeypatch.setenv("RECRAFT_API_TOKEN", sandbox.token)
        monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
        assert demo.main(["--live", "--out", str(tmp_path)]) == 1
    assert "error: InsufficientCreditsError: createVectorImage: 400" in capsys.readouterr().out


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").touch()
    assert demo.main(["--out", str(tmp_path / "taken")]) == 1
    assert "is a file" in capsys.readouterr().out
