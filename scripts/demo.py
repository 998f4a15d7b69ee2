"""Call the API the way an application would, and put what comes back on one sheet.

python scripts/demo.py                 against a sandbox on this machine: no token, no cost
python scripts/demo.py --live          against the real service, with the token in RECRAFT_API_TOKEN; it spends API
units
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
from PIL import Image, ImageDraw
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import contact_sheet
from contact_sheet import Tile
from recraft import (
    AsyncRecraft,
    EnhancedPrompt,
    ImageResult,
    InputError,
    Recraft,
    RecraftError,
    RetryPolicy,
    Style,
    User,
)

CALLS = 17  # how many the demo makes, for the progress bar
DUSK = ["#ffb454", "#f3d2c1", "#8fa9c4", "#4f6d8f", "#263a57"]
SILK = ["#e4572e", "#f6d5a8", "#2e86ab", "#a8dadc", "#1d3557"]
NIGHT = ["#ffd166", "#6d6a9c", "#4a4880", "#322f63", "#1d1b41"]


@attrs.define
class Report:
    """What the run tells while it goes on, and what it keeps for the end."""

    out: Path
    console: Console
    progress: Progress
    number: int = 0
    before: float | None = None  # API units on the account when the run began
    balance: float | None = None  # and now, by what the calls said they cost
    tiles: list[Tile] = attrs.field(factory=list)
    files: dict[str, Path] = attrs.field(factory=dict)  # what was saved, by name without extension

    def __attrs_post_init__(self) -> None:
        self.progress.add_task("calls", total=CALLS)

    def tell(self, call: str, what: str, credits: float | None) -> None:
        """Two lines for one call: what was called, what it cost and what is left; then what it did and what came."""
        self.number += 1
        if self.balance is not None and credits is not None:
            self.balance -= credits
        left = "?" if self.balance is None else f"{self.balance:,.0f}"
        self.console.print(f"{self.number:2}/{CALLS}  {call:<36}{units(credits):>11}   {left:>7} left")
        self.console.print(f"       {what}", style="dim")
        self.progress.advance(self.progress.task_ids[0])

    def tell_images(
        self, call: str, what: str, result: ImageResult, paths: list[Path], inset: Path | None = None
    ) -> list[Tile]:
        """`tell`, and a tile for each picture."""
        for path in paths:  # an earlier run may have got the same picture in another format
            for other in self.out.glob(f"{path.stem}.*"):
                if other.suffix != path.suffix:
                    other.unlink()
        self.files |= {path.stem: path for path in paths}
        pictures = [path.read_bytes() for path in paths]
        kinds = " + ".join(contact_sheet.describe(picture) for picture in pictures)
        names = ", ".join(path.name for path in paths)
        self.tell(call, f"{what} -> {kinds}: {names}", result.credits)
        share = None if result.credits is None else result.credits / max(1, len(paths))
        each = " each" if len(paths) > 1 else ""
        return [
            Tile(
                picture,
                call,
                (what, f"{contact_sheet.describe(picture)} · {units(share)}{each}"),
                None if inset is None else inset.read_bytes(),
            )
            for picture in pictures
        ]


def units(credits: float | None) -> str:
    return "not told" if credits is None else f"{credits:,.0f} unit{'' if credits == 1 else 's'}"


def one_after_another(client: Recraft, report: Report) -> None:
    """`Recraft`: each call returns its result."""

    def keep(call: str, what: str, result: ImageResult, name: str, inset: Path | None = None) -> None:
        paths = client.save(result, report.out, name=name, overwrite=True)
        report.tiles += report.tell_images(call, what, result, paths, inset)

    account: User = client.users.me()
    report.before = report.balance = account.credits
    report.tell("users.me", "whose token it is, and how many units are left", 0)

    idea = "rolling hills at dusk, flat shapes"
    prompt: EnhancedPrompt = client.prompts.enhance(idea)
    cost = prompt.credits
    if cost is None:  # where the answer does not say what it cost, the account does
        left = client.users.me().credits
        cost = None if left is None or report.balance is None else report.balance - left
    report.tell("prompts.enhance", f'"{idea}" -> "{str(prompt)[:60]}..."', cost)

    result = client.images.generate_raster(str(prompt), size="1:1", colors=DUSK)
    keep("images.generate_raster", f'"{idea}"', result, "hills")

    idea = "a city skyline at night, flat shapes"
    result = client.images.generate_vector(idea, size=(1024, 1024), colors=NIGHT)
    keep("images.generate_vector", f'"{idea}"', result, "city")

    idea = "one lotus flower on plain paper"
    result = client.images.generate(idea, background_color="#f2ead8", response_format="b64_json")
    keep("images.generate", f'"{idea}", plain background', result, "flower")

    mask = draw_mask(report.files["hills"], report.out / "hills-mask.png")
    result = client.images.inpaint(report.files["hills"], mask, "a hot-air balloon")
    keep("images.inpaint", "a hot-air balloon where the mask is white", result, "hills-inpainted", mask)

    # A sibling with other settings for a slow call: it shares connections and the rate limiter.
    patient = client.with_options(timeout=600, retry=RetryPolicy(max_attempts=2, deadline=900))
    result = patient.images.creative_upscale(report.files["flower"])
    keep("images.creative_upscale", "twice as large, with more detail", result, "flower-large")


async def all_at_once(client: AsyncRecraft, report: Report) -> None:
    """`AsyncRecraft`: the calls run side by side, the client keeps the account's limits."""
    hills, flower = report.files["hills"], report.files["flower"]

    async def keep(call: str, what: str, name: str, work: Awaitable[ImageResult]) -> list[Tile]:
        result = await work
        paths = await client.save(result, report.out, name=name, overwrite=True)
        return report.tell_images(call, what, result, paths)

    images, inpainted = client.images, report.files["hills-inpainted"]
    spring = images.image_to_image(hills, "green hills in spring", strength=0.35)
    wider = images.outpaint(hills, "more hills at dusk", left=256, right=256)
    erased = images.erase_region(inpainted, report.out / "hills-mask.png")
    peaks = images.replace_background(flower, "snowy mountain peaks at dawn")
    ribbons = images.generate("silk ribbons in the wind", n=2, size="1:1", model="recraftv4_1", colors=SILK)
    done = await asyncio.gather(
        keep("images.image_to_image", "the hills, remade as spring", "hills-in-spring", spring),
        keep("images.outpaint", "the hills, 256 pixels wider at both sides", "hills-wider", wider),
        keep("images.erase_region", "what the mask marks, taken out again", "hills-erased", erased),
        keep("images.vectorize", "the hills as SVG", "hills-vectorized", images.vectorize(hills.read_bytes())),
        keep(
            "images.crisp_upscale",
            "twice as large, sharp edges",
            "hills-large",
            images.crisp_upscale(Image.open(hills)),
        ),
        keep("images.remove_background", "the flower alone", "flower-cut-out", images.remove_background(flower)),
        keep("images.replace_background", "the flower in front of mountains", "flower-on-peaks", peaks),
        keep("images.generate", '"silk ribbons in the wind", two of them', "ribbons-{index}", ribbons),
        return_exceptions=True,  # one that fails does not throw away the others: they are paid for
    )
    for outcome in done:
        if isinstance(outcome, BaseException):
            raise outcome
        report.tiles += outcome

    references = [report.files[name] for name in ("hills", "flower", "ribbons-1")]
    style: Style = await client.styles.create("digital_illustration", references)
    report.tell("styles.create", f"a style from three files: {style.id}", style.credits)
    report.tiles += await keep(
        "images.generate",
        '"mountain peaks", in the new style',
        "peaks-in-style",
        images.generate("mountain peaks in the morning", style_id=style, model="recraftv3", size="1:1"),
    )


def draw_mask(picture: Path, path: Path) -> Path:
    """A grey image of the picture's size, white where it is to be edited."""
    with Image.open(picture) as image:
        mask = Image.new("L", image.size, 0)
    width, height = mask.size
    ImageDraw.Draw(mask).ellipse((width * 0.14, height * 0.1, width * 0.42, height * 0.38), fill=255)
    mask.save(path)
    return path


@contextlib.contextmanager
def service(live: bool) -> Iterator[tuple[str | None, str | None]]:
    """Token and address to use; without `live` those of a sandbox that runs as long as the block."""
    if live:
        yield None, None  # from the environment
        return
    from recraft.sandbox import Sandbox

    with Sandbox() as sandbox:
        yield sandbox.token, sandbox.base_url


def run(out: Path, live: bool, console: Console) -> None:
    """Make all calls, save all pictures, draw the sheet."""
    began = time.monotonic()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError(f"--out {str(out)!r} is a file; expected a folder, or a name that is free.") from None
    columns = (TextColumn("      "), BarColumn(), MofNCompleteColumn(), TextColumn("calls"), TimeElapsedColumn())
    with service(live) as (token, base_url), Progress(*columns, console=console) as progress:
        report = Report(out, console, progress)
        with Recraft(token, base_url=base_url) as client:
            where = "the Recraft Images API, paid from your account" if live else f"a sandbox at {base_url}"
            console.print(f"{CALLS} calls to {where}, results in {out}/\n")
            one_after_another(client, report)

        async def side_by_side() -> float | None:
            async with AsyncRecraft(token, base_url=base_url) as client:
                await all_at_once(client, report)
                return (await client.users.me()).credits

        left = asyncio.run(side_by_side())

    spent = None if report.before is None or left is None else report.before - left
    cost = "unknown" if spent is None else f"{spent:,.0f} units ({spent / 1000:.2f} USD)"
    subtitle = f"{'Recraft Images API' if live else 'Made by the sandbox, offline'} · {CALLS} calls · {cost}"
    sheet = out / "contact-sheet.png"
    contact_sheet.draw(report.tiles, "recraft-sdk demo", subtitle).save(sheet)
    console.print(f"\nLook at {sheet}: {len(report.tiles)} pictures.")
    prices = "" if live else " at the prices of November 2026"
    console.print(f"It took {time.monotonic() - began:.0f} s and cost {cost}{prices}.")


def guarded(work: Callable[[], Any], console: Console) -> int:
    """Run and turn failures into a message and an exit code."""
    try:
        work()
    except RecraftError as error:
        console.print(f"\nerror: {type(error).__name__}: {error.message}")
        if error.maybe_charged:
            console.print("This call may have been charged although its result was lost.")
        return 1
    except (ImportError, OSError) as error:
        console.print(f"\nerror: {error}")
        return 1
    except KeyboardInterrupt:
        console.print("\nstopped")
        return 130
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--live", action="store_true", help="call the real service; needs RECRAFT_API_TOKEN, costs units"
    )
    parser.add_argument(
        "--out", metavar="DIR", type=Path, default=Path("demo-out"), help="where to save (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    console = Console(markup=False, highlight=False, soft_wrap=True)
    if options.live and not os.environ.get("RECRAFT_API_TOKEN", "").strip():
        console.print(
            "error: --live needs an API token in the environment variable RECRAFT_API_TOKEN; "
            "your Recraft profile has it.\n"
            "Without --live the demo needs no token."
        )
        return 2
    return guarded(lambda: run(options.out, options.live, console), console)


if __name__ == "__main__":
    sys.exit(main())
