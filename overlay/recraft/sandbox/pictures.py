"""Scenes and images as files: a `Scene` painted by Pillow or written as SVG text, an image encoded as PNG or WebP."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, UnidentifiedImageError

from recraft.sandbox.limits import FileLimits
from recraft.sandbox.scene import Rgb, Scene, Shape
from recraft.sandbox.wire import invalid

MAX_SIDE = 4096
"""Longest side of any picture, in pixels."""

DEFAULT_SIDE = 1024
"""Longest side of a picture whose size was not given in pixels."""

MEDIA_TYPES = {"png": "image/png", "webp": "image/webp", "svg": "image/svg+xml"}


def paint(scene: Scene) -> Image.Image:
    """The scene as an RGB image of its size."""
    # Drawn twice as large and reduced, which smooths the edges; a big picture is sharp enough without, and of a small
    # one nobody looks at the edges.
    scale = 2 if DEFAULT_SIDE // 2 < max(scene.width, scene.height) <= DEFAULT_SIDE else 1
    width, height = scene.width * scale, scene.height * scale
    image = gradient(width, height, scene.top, scene.bottom)
    solid, glass = (
        ImageDraw.Draw(image),
        ImageDraw.Draw(image, "RGBA"),
    )  # blending costs six times as much, so only where needed
    for shape in scene.shapes:
        pen = solid if shape.opacity >= 1 else glass
        fill = (*shape.fill, round(255 * shape.opacity)) if pen is glass else shape.fill
        points = [(x * scale, y * scale) for x, y in shape.points]
        if shape.radius is None:
            pen.polygon(points, fill=fill)
        else:
            (x, y), radius = points[0], shape.radius * scale
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
    return image.reduce(scale) if scale > 1 else image


def gradient(width: int, height: int, top: Rgb, bottom: Rgb) -> Image.Image:
    """A vertical gradient."""
    steps = Image.linear_gradient("L").crop((0, 0, 1, 256))
    channels = [
        steps.point([round(a + (b - a) * y / 255) for y in range(256)]) for a, b in zip(top, bottom, strict=True)
    ]
    strip = Image.merge("RGB", channels)
    return strip.resize((1, height), Image.Resampling.BILINEAR).resize((width, height), Image.Resampling.NEAREST)


def draw_svg(scene: Scene) -> str:
    """The scene as SVG text."""
    shapes = "\n".join(_svg_shape(shape) for shape in scene.shapes)
    stops = f'<stop stop-color="{_hex(scene.top)}"/><stop offset="1" stop-color="{_hex(scene.bottom)}"/>'
    return svg_document(
        scene.width,
        scene.height,
        f'<linearGradient id="sky" x2="0" y2="1">{stops}</linearGradient>\n'
        f'<rect width="{scene.width}" height="{scene.height}" fill="url(#sky)"/>\n{shapes}',
    )


def svg_document(width: int, height: int, content: str, view: tuple[int, int] | None = None) -> str:
    """SVG text of a size in pixels; `view` is the size of the coordinates used inside, when that differs."""
    across, down = view or (width, height)
    head = f'width="{width}" height="{height}" viewBox="0 0 {across} {down}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>\n{content}\n</svg>\n'


def trace(image: Image.Image, cells: int = 224, colors: int = 16) -> str:
    """A raster image as SVG: reduced to a few colours, then one path per colour. Transparent places stay empty.

    `cells` is how many squares the longer side is cut into.
    """
    small = image.copy()
    small.thumbnail((cells, cells), Image.Resampling.BOX)
    alpha = small.convert("RGBA").getchannel("A").tobytes()
    quantized = small.convert("RGB").quantize(colors, dither=Image.Dither.NONE)
    palette, indices = quantized.getpalette() or [], quantized.tobytes()
    paths: dict[int, list[str]] = {}
    for y in range(small.height):
        x = 0
        while x < small.width:
            start, at = x, y * small.width
            if alpha[at + x] < 128:
                x += 1
                continue
            color = indices[at + x]
            while x < small.width and indices[at + x] == color and alpha[at + x] >= 128:
                x += 1
            paths.setdefault(color, []).append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    drawn = "\n".join(
        f'<path fill="#{bytes(palette[3 * color : 3 * color + 3]).hex()}" d="{"".join(runs)}"/>'
        for color, runs in sorted(paths.items())
    )
    content = f'<g shape-rendering="crispEdges">\n{drawn}\n</g>'
    return svg_document(image.width, image.height, content, (small.width, small.height))


def encode(image: Image.Image, kind: str) -> bytes:
    """PNG or WebP bytes. Both keep every pixel, so that an edit can be compared with what was uploaded."""
    out = io.BytesIO()
    if kind == "webp":
        image.save(out, "WEBP", lossless=True, quality=0, method=0, exact=True)
    else:
        image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def decode(name: str, data: bytes, limits: FileLimits | None = None) -> Image.Image:
    """An uploaded picture as RGB or RGBA.

    Raises Problem (400) naming the field when it cannot be read or is beyond the limits (or 4096 pixels a side).
    """
    if not data:
        raise invalid(name, "the file is empty")
    if limits:
        limits.check_bytes(name, data)
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if limits:
                limits.check_picture(name, opened.format, *opened.size)
            if max(opened.size) > MAX_SIDE:
                raise invalid(name, f"{opened.width}x{opened.height} is too large, at most {MAX_SIDE} pixels a side")
            opened.load()
            transparent = opened.has_transparency_data
            return opened.convert("RGBA" if transparent else "RGB")
    except UnidentifiedImageError:
        kind = "SVG is not taken here" if b"<svg" in data[:1000] else "not a picture that can be read"
        raise invalid(name, f"{kind}; send PNG, JPEG or WebP") from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise invalid(name, f"the picture is damaged ({type(error).__name__})") from None


def _svg_shape(shape: Shape) -> str:
    look = f'fill="{_hex(shape.fill)}"' + (f' fill-opacity="{shape.opacity:.2f}"' if shape.opacity < 1 else "")
    if shape.radius is not None:
        x, y = shape.points[0]
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{shape.radius:.1f}" {look}/>'
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)}" {look}/>'


def _hex(color: Rgb) -> str:
    return f"#{bytes(color).hex()}"
