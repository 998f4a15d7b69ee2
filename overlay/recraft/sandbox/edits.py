"""What each edit does to pixels: Pillow images in, a new one of the same mode (RGB or RGBA) out."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from recraft.sandbox.pictures import MAX_SIDE
from recraft.sandbox.scene import Rgb

_SMALL = 160  # side of the picture on which connected areas are searched; full size would take seconds in plain Python
_NEAR = (
    48  # how far (sum over the channels' largest difference, 0..255) a colour may be from the border's to be background
)
# A cell that is only partly known still knows its colour; below a sixth, rounding has spoilt it.
_TRUSTED = [min(255, 6 * alpha) for alpha in range(256)]


def subject_mask(image: Image.Image) -> Image.Image:
    """White where the subject is. Background is what has the border's colour and is connected with the border."""
    rgb = image.convert("RGB")
    difference = ImageChops.difference(rgb, Image.new("RGB", rgb.size, _border_color(rgb)))
    red, green, blue = difference.split()
    far = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(_from(_NEAR + 1))
    if image.mode == "RGBA":  # what is already transparent is no subject
        far = ImageChops.darker(far, image.getchannel("A").point(_from(128)))
    outside = _connected_to_border(far)
    return ImageChops.lighter(far, ImageChops.invert(outside))


def remove_background(image: Image.Image) -> Image.Image:
    """RGBA with a transparent background."""
    cut = image.convert("RGBA")
    cut.putalpha(ImageChops.darker(cut.getchannel("A"), subject_mask(image)))
    return cut


def replace_background(image: Image.Image, background: Image.Image) -> Image.Image:
    """The subject on another background of the same size."""
    return _matching(image, Image.composite(image.convert("RGBA"), background.convert("RGBA"), subject_mask(image)))


def fill_mask(image: Image.Image, mask: Image.Image, content: Image.Image) -> Image.Image:
    """`content` where the mask is white (128 and up), the untouched image elsewhere."""
    return _matching(image, Image.composite(content.convert("RGBA"), image.convert("RGBA"), _hard(mask)))


def erase(image: Image.Image, mask: Image.Image) -> Image.Image:
    """The mask's white area filled from what surrounds it, coarse to fine."""
    holed = image.convert("RGBA")
    holed.putalpha(ImageChops.invert(_hard(mask)))
    # Averaging with weights (premultiplied alpha) skips the hole; each finer level covers the coarser one where it
    # knows more.
    weighted = holed.convert("RGBa")
    filled = Image.new("RGBA", (1, 1), (128, 128, 128, 255))
    levels = 1 + int(math.log2(max(1, min(64, *image.size))))
    for level in range(levels):
        size = (max(1, image.width >> (levels - 1 - level) >> 2), max(1, image.height >> (levels - 1 - level) >> 2))
        known = weighted.resize(size, Image.Resampling.BOX).convert("RGBA")
        known.putalpha(known.getchannel("A").point(_TRUSTED))
        filled = Image.alpha_composite(filled.resize(size, Image.Resampling.BILINEAR), known)
    filled = filled.resize(image.size, Image.Resampling.BICUBIC)
    filled.putalpha(255)
    return fill_mask(image, mask, filled)


def upscaled(size: tuple[int, int]) -> tuple[int, int]:
    """Twice the size, at most 4096 pixels a side."""
    factor = min(2.0, MAX_SIDE / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def upscale(image: Image.Image, size: tuple[int, int], *, creative: bool) -> Image.Image:
    """The image at a larger size; crisp sharpens the edges, creative brings out the detail."""
    larger = image.resize(size, Image.Resampling.LANCZOS)
    return larger.filter(ImageFilter.DETAIL if creative else ImageFilter.SHARPEN)


def blend(image: Image.Image, content: Image.Image, strength: float) -> Image.Image:
    """The image with a share (0 keeps it, 1 replaces it) of the content."""
    return Image.blend(image, content.convert(image.mode), strength)


def extend(image: Image.Image, content: Image.Image, left: int, top: int) -> Image.Image:
    """The image in place at (left, top) on a larger picture."""
    canvas = content.convert(image.mode)
    canvas.paste(image, (left, top))
    return canvas


def remix(image: Image.Image, content: Image.Image, turn: float, strength: float) -> Image.Image:
    """A relative of the image: colours turned by `turn` (0..1 of the wheel), mirrored, a share of new content in it."""
    hue, saturation, value = image.convert("RGB").convert("HSV").split()
    step = round(255 * turn)
    turned = Image.merge("HSV", (hue.point([(at + step) % 256 for at in range(256)]), saturation, value)).convert("RGB")
    mirrored = turned.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return Image.blend(mirrored, content.convert("RGB").resize(image.size), strength)


def cover(image: Image.Image, width: int, height: int) -> Image.Image:
    """Scaled and cropped around the middle to fill a size exactly."""
    scale = max(width / image.width, height / image.height)
    size = (max(width, round(image.width * scale)), max(height, round(image.height * scale)))
    scaled = image.resize(size, Image.Resampling.BICUBIC)
    left, top = (scaled.width - width) // 2, (scaled.height - height) // 2
    return scaled.crop((left, top, left + width, top + height))


def leading_colors(image: Image.Image, count: int = 5) -> list[Rgb]:
    """The colours that cover most of an image, most frequent first."""
    small = image.convert("RGB").resize((64, 64)).quantize(count)
    palette = small.getpalette() or []
    found = sorted(small.getcolors() or [], reverse=True)
    indices = [index for _, index in found if isinstance(index, int)]
    return [(palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]) for i in indices]


def palette(image: Image.Image) -> list[Rgb]:
    """The image's colours as `compose` takes them: the most vivid one as the accent, then from light to dark."""
    colors = sorted(leading_colors(image), key=sum, reverse=True)
    accent = max(colors, key=lambda color: max(color) - min(color))
    return [accent, *(color for color in colors if color != accent)]


def _from(least: int) -> list[int]:
    """A table for `Image.point`: white for values of `least` and up, black below."""
    return [255 if value >= least else 0 for value in range(256)]


def _hard(mask: Image.Image) -> Image.Image:
    return mask.convert("L").point(_from(128))


def _matching(original: Image.Image, edited: Image.Image) -> Image.Image:
    return edited if edited.mode == original.mode else edited.convert(original.mode)


def _border_color(image: Image.Image) -> Rgb:
    """The most frequent colour of the outermost pixels (in steps of 16, so that noise does not split it), averaged."""
    w, h = image.size
    edges = [(0, 0, w, 1), (0, h - 1, w, h), (0, 0, 1, h), (w - 1, 0, w, h)]
    data = b"".join(image.crop(edge).tobytes() for edge in edges)
    groups: dict[tuple[int, ...], list[bytes]] = {}
    for at in range(0, len(data), 3):
        pixel = data[at : at + 3]
        groups.setdefault(tuple(part >> 4 for part in pixel), []).append(pixel)
    most = max(groups.values(), key=len)
    r, g, b = (round(sum(pixel[i] for pixel in most) / len(most)) for i in range(3))
    return r, g, b


def _connected_to_border(walls: Image.Image) -> Image.Image:
    """White where black (0) areas of `walls` are connected with the border."""
    small = walls.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    # One black pixel all around joins the areas at the border, so a single fill reaches all of them.
    framed = Image.new("L", (small.width + 2, small.height + 2), 0)
    framed.paste(small.point(_from(128)), (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 100)
    reached = framed.crop((1, 1, small.width + 1, small.height + 1)).point(
        [255 if value == 100 else 0 for value in range(256)]
    )
    return reached.filter(ImageFilter.MaxFilter(3)).resize(walls.size, Image.Resampling.NEAREST)
