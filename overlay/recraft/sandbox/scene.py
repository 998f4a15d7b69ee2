"""What a picture shows, before anybody paints it: a key becomes a palette and a few layers of shapes.

Raster and vector output draw the same `Scene`, so a PNG and an SVG of one prompt look alike.
"""

from __future__ import annotations

import colorsys
import math
import random
import re
from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

Rgb = tuple[int, int, int]
Point = tuple[float, float]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (16, 14, 42)


@frozen
class Shape:
    """A filled polygon, or a circle when `radius` is set (its centre is the only point). Coordinates in pixels."""

    points: tuple[Point, ...] = field(repr=False)
    fill: Rgb
    opacity: float = 1.0
    radius: float | None = None


@frozen
class Scene:
    """A vertical gradient from `top` to `bottom` with shapes on it, back to front."""

    width: int
    height: int
    top: Rgb
    bottom: Rgb
    shapes: tuple[Shape, ...] = field(repr=False)


def compose(
    key: str, width: int, height: int, colors: Sequence[Rgb] = (), background: Rgb | None = None, variant: str = ""
) -> Scene:
    """The scene for a key, always the same one.

    `colors` (0..255 each) replace the palette drawn from the key; `background` fills what lies behind the shapes.
    `variant` (seed, index) moves the shapes but keeps the subject and its mood.
    """
    subject = random.Random(f"scene/{key}")
    motif = _motif(key, subject.choice(MOTIFS))
    palette = _palette(subject)
    detail = random.Random(f"detail/{key}/{variant}")
    if colors:
        # The first colour becomes the accent, which every motif shows unmixed; what is missing are tints of the others.
        tints = [mix(colors[i % len(colors)], WHITE if i % 2 else INK, 0.3 + 0.1 * i) for i in range(4)]
        palette = [*[*colors[1:5], *tints][:4], colors[0]]
    else:
        palette = [_turn(color, detail.uniform(-0.05, 0.05)) for color in palette]
    if background is not None:
        top = bottom = background
    else:
        top, bottom = mix(palette[0], WHITE, 0.35), mix(palette[1], WHITE, 0.1)
    return Scene(width, height, top, bottom, tuple(motif(detail, width, height, palette)))


def _motif(key: str, otherwise: Motif) -> Motif:
    """What the first telling word of the prompt asks for, or else what the key drew."""
    for word in re.findall(r"[a-z]+", key.lower()):
        for motif, words in MOTIF_WORDS.items():
            if not {word, word.removesuffix("s")}.isdisjoint(words.split()):
                return motif
    return otherwise


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with a share (0..1) of `second` in it."""
    r, g, b = (round(a + (c - a) * share) for a, c in zip(first, second, strict=True))
    return r, g, b


def _palette(rng: random.Random) -> list[Rgb]:
    """Five colours that go together: neighbours on the colour wheel from light to dark, and one opposite."""
    hue, step = rng.random(), rng.choice([0.06, 0.08, -0.06, -0.09])
    steps = [(hue + step * i, 0.74 - 0.13 * i, 0.55 + 0.06 * i) for i in range(4)]
    shades = [_hls(h, lightness, saturation) for h, lightness, saturation in steps]
    return [*shades, _hls(hue + rng.choice([0.45, 0.5, 0.58]), 0.66, 0.85)]


def _hls(hue: float, lightness: float, saturation: float) -> Rgb:
    r, g, b = (round(255 * part) for part in colorsys.hls_to_rgb(hue % 1, lightness, saturation))
    return r, g, b


def _turn(color: Rgb, by: float) -> Rgb:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    return _hls(hue + by, lightness, saturation)


def _glow(centre: Point, radius: float, fill: Rgb) -> list[Shape]:
    return [Shape((centre,), fill, opacity, radius * scale) for scale, opacity in ((2.1, 0.12), (1.5, 0.2), (1.0, 1.0))]


def _hills(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    unit = min(w, h)
    shapes = _glow((w * rng.uniform(0.2, 0.8), h * rng.uniform(0.2, 0.42)), unit * rng.uniform(0.08, 0.14), palette[4])
    for layer in range(5):
        base, swing = h * (0.46 + 0.12 * layer), unit * rng.uniform(0.03, 0.08)
        waves, phase = rng.uniform(0.8, 2.2), rng.uniform(0, math.tau)
        xs = [w * i / 40 for i in range(41)]
        ridge = [
            (x, base + swing * math.sin(phase + waves * math.tau * x / w) + swing / 3 * math.sin(5 * x / w + phase))
            for x in xs
        ]
        fill = mix(palette[min(3, layer)], INK, 0.1 + 0.11 * layer)
        shapes.append(Shape((*ridge, (w, h), (0, h)), fill))
    return shapes


def _peaks(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    unit = min(w, h)
    shapes = _glow(
        (w * rng.uniform(0.15, 0.85), h * rng.uniform(0.15, 0.35)), unit * rng.uniform(0.06, 0.12), palette[4]
    )
    for layer in range(4):
        fill = mix(palette[min(3, layer)], INK, 0.08 + 0.13 * layer)
        for i in range(4):
            x, half = w * (i + rng.uniform(-0.2, 1.0)) / 3.6, unit * rng.uniform(0.22, 0.42)
            top = h * (0.28 + 0.15 * layer + rng.uniform(0, 0.12))
            shapes.append(Shape(((x - half, h), (x, top), (x + half, h)), fill))
            shapes.append(Shape(((x, top), (x + half, h), (x + half * 0.25, h)), mix(fill, (0, 0, 20), 0.25)))
            drop = (h - top) * 0.16
            cap = ((x, top), (x + half * 0.16, top + drop), (x, top + drop * 0.7), (x - half * 0.16, top + drop))
            shapes.append(Shape(cap, mix(fill, WHITE, 0.75)))
    return shapes


def _orbs(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    shapes = []
    for i in range(26):
        radius = min(w, h) * 0.27 * rng.random() ** 1.6 + min(w, h) * 0.02
        centre, fill = (w * rng.random(), h * rng.random()), palette[i % 5]
        shapes.append(Shape((centre,), fill, rng.uniform(0.35, 0.8), radius))
        light = (centre[0] - radius * 0.3, centre[1] - radius * 0.35)
        shapes.append(Shape((light,), mix(fill, WHITE, 0.7), 0.5, radius * 0.28))
    return shapes


def _ribbons(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    shapes = []
    phase, waves = rng.uniform(0, math.tau), rng.uniform(0.7, 1.5)
    for i in range(9):
        middle, thick = h * (i - 0.5) / 7.5, h * rng.uniform(0.05, 0.1)

        def line(x: float, middle: float = middle, i: int = i) -> float:
            return middle + h * 0.13 * math.sin(phase + i * 0.35 + waves * math.tau * x / w)

        xs = [w * k / 36 for k in range(37)]
        upper, lower = [(x, line(x) - thick) for x in xs], [(x, line(x) + thick) for x in reversed(xs)]
        shapes.append(Shape((*upper, *lower), palette[(i * 2) % 5], 0.82))
    return shapes


def _flower(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    shapes: list[Shape] = []
    unit, turn = min(w, h), rng.uniform(0, math.tau)
    centre = (w * rng.uniform(0.42, 0.58), h * rng.uniform(0.42, 0.58))
    for ring in range(4):
        petals, length = rng.choice([8, 10, 12, 14]), unit * (0.46 - 0.1 * ring)
        for i in range(petals):
            angle, spread = turn + ring * 0.2 + math.tau * i / petals, math.pi / petals * 0.9
            arc = [(k / 8, math.sin(math.pi * k / 8)) for k in range(9)]
            left = [_polar(centre, length * r, angle - spread * s) for r, s in arc]
            right = [_polar(centre, length * r, angle + spread * s) for r, s in reversed(arc)]
            shade = mix(palette[(ring + 2) % 4], WHITE, 0.12 * (i % 2))
            shapes.append(Shape((*left, *right), shade, 0.88))
    return [*shapes, *_glow(centre, unit * 0.06, palette[4])]


def _skyline(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    unit = min(w, h)
    shapes = _glow((w * rng.uniform(0.2, 0.8), h * rng.uniform(0.15, 0.35)), unit * 0.1, palette[4])
    for layer in range(3):
        x, fill = -w * 0.02, mix(palette[layer + 1], INK, 0.2 + 0.22 * layer)
        while x < w:
            wide, top = w * rng.uniform(0.06, 0.13), h * (0.3 + 0.17 * layer + rng.uniform(0, 0.22))
            shapes.append(_box(x, top, x + wide, h, fill))
            if layer:
                cell = wide / 5
                lit = [(a, b) for a in (1, 3) for b in range(1, int((h - top) / cell), 2) if rng.random() < 0.45]
                glass = mix(palette[4], (255, 240, 200), 0.4)
                shapes += [
                    _box(x + a * cell, top + b * cell, x + (a + 1) * cell, top + (b + 1) * cell, glass, 0.8)
                    for a, b in lit
                ]
            x += wide + w * rng.uniform(0.0, 0.015)
    return shapes


def _mosaic(rng: random.Random, w: int, h: int, palette: list[Rgb]) -> list[Shape]:
    columns = max(2, round(5 * w / max(w, h)))
    size = w / columns
    shapes = []
    for row in range(math.ceil(h / size)):
        for column in range(columns):
            x, y = column * size, row * size
            back, front = rng.sample(palette, 2)
            shapes.append(_box(x, y, x + size, y + size, back))
            corner = rng.choice([(x, y), (x + size, y), (x, y + size), (x + size, y + size)])
            kind = rng.randrange(4)
            if kind == 0:
                inward = [
                    (
                        corner[0] + (1 if corner[0] == x else -1) * size * math.cos(a),
                        corner[1] + (1 if corner[1] == y else -1) * size * math.sin(a),
                    )
                    for a in [math.pi / 2 * k / 14 for k in range(15)]
                ]
                shapes.append(Shape((corner, *inward), front))
            elif kind == 1:
                shapes.append(Shape(((x + size / 2, y + size / 2),), front, 1.0, size * 0.36))
            elif kind == 2:
                shapes.append(Shape(((x, y + size), (x + size, y), (x + size, y + size)), front))
            else:
                shapes += [_box(x, y + size * k / 4, x + size, y + size * (k + 0.5) / 4, front) for k in range(4)]
    return shapes


def _box(left: float, top: float, right: float, bottom: float, fill: Rgb, opacity: float = 1.0) -> Shape:
    return Shape(((left, top), (right, top), (right, bottom), (left, bottom)), fill, opacity)


def _polar(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


Motif = Callable[[random.Random, int, int, list[Rgb]], list[Shape]]

MOTIFS: tuple[Motif, ...] = (_hills, _peaks, _orbs, _ribbons, _flower, _skyline, _mosaic)

MOTIF_WORDS: Mapping[Motif, str] = {
    _hills: "hill valley field meadow landscape dune desert countryside sunset dusk",
    _peaks: "mountain peak alp summit snow glacier winter cliff volcano",
    _orbs: "bubble planet ball balloon orb moon space galaxy",
    _ribbons: "ribbon wave sea ocean river lake silk wind flag",
    _flower: "flower lotus rose dahlia blossom petal bloom garden plant sunflower leaf",
    _skyline: "city skyline town street building tower night house harbour",
    _mosaic: "mosaic tile pattern geometric bauhaus quilt grid abstract",
}
