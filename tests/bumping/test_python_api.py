"""What breaks for callers of the package, said of the names that they write."""

from __future__ import annotations

from pathlib import Path

import pytest

import python_api

OPTIONS = """
from typing import TypedDict, Unpack
class ExploreOptions(TypedDict, total=False):
    style: str
    n: int
"""
IMAGES = '''
from typing import Unpack
from recraft_api.options import ExploreOptions
class Images:
    """Images."""
    def explore(self, prompt: str, *, size: str = "1:1", **options: Unpack[ExploreOptions]) -> str:
        """Explore."""
        return ""
    def vectorize(self, image: str, /, name: str = "a") -> str:
        """Vectorize."""
        return ""
'''
RESULTS = '''
class Base: ...
class User(Base):
    """An account."""
    credits: int = 0
    def balance(self) -> int:
        """What is left."""
        return 0
'''


def tree(root: Path, **changed: str) -> Path:
    sources = {
        "overlay/recraft/__init__.py": "",
        "overlay/recraft/api/__init__.py": "",
        "overlay/recraft/api/images.py": changed.get("images", IMAGES),
        "overlay/recraft/results.py": changed.get("results", RESULTS),
        "generated/recraft_api/__init__.py": "",
        "generated/recraft_api/options.py": changed.get("options", OPTIONS),
    }
    for name, text in sources.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("options", "    style: str\n", "", "`client.images.explore` no longer takes `style`"),
        ("images", "prompt: str, *,", "prompt: str, seed: int, *,", "`client.images.explore` now needs `seed`"),
        ("images", 'size: str = "1:1"', "size: str",
         "`client.images.explore` now needs `size`, which could be left out"),
        ("images", 'size: str = "1:1"', 'size: str = "2:1"',
         "`client.images.explore` has another default for `size`: `'2:1'`, was `'1:1'`"),
        ("images", "image: str, /,", "image: str, *,",
         "`client.images.vectorize` takes `name` in another way: keyword-only, was positional or keyword"),
        ("images", "def vectorize", "def trace", "`client.images.vectorize` is gone"),
        ("images", "    def vectorize(self, image: str, /, name: str = \"a\") -> str:",
         "    vectorize = 3\n    def other(self) -> str:", "`client.images.vectorize` is attribute now, was function"),
        ("results", "    credits: int = 0\n", "", "`recraft.results.User.credits` is gone"),
        ("results", "class User(Base)", "class User", "`recraft.results.User` is no longer a kind of `Base`"),
    ],
)  # fmt: skip
def test_a_break_is_a_sentence_about_what_people_write(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    sources = {"options": OPTIONS, "images": IMAGES, "results": RESULTS}
    changed = {file: sources[file].replace(old, new)}
    assert changed[file] != sources[file]

    found = python_api.breakages(tree(tmp_path / "old"), tree(tmp_path / "new", **changed))

    assert sentence in found
    assert not any(str(tmp_path) in text or "\x1b" in text for text in found)


def test_what_callers_cannot_miss_is_no_break(tmp_path: Path) -> None:
    more = {
        "options": OPTIONS.replace("    n: int\n", "    n: int\n    seed: int\n"),
        "images": IMAGES.replace('name: str = "a"', 'name: str = "a", hint: str = ""'),
        "results": f"{RESULTS}\nclass Other: ...\n",
    }
    assert python_api.breakages(tree(tmp_path / "old"), tree(tmp_path / "new", **more)) == []


def test_there_is_a_sentence_for_every_kind_of_break() -> None:
    import griffe

    assert set(python_api.SENTENCES) == set(griffe.BreakageKind)
