"""Calls that type checkers must report: every line that is marked, and no other. See scripts/check_wrong_calls.py."""

from __future__ import annotations

from pathlib import Path

from recraft import AsyncRecraft, Image, ImageResult, Recraft
from recraft.sandbox import Fault
from recraft_api import models


def wrong_calls(client: Recraft, path: Path, result: ImageResult) -> None:
    client.images.generate()  # error
    client.images.generate(7)  # error
    client.images.generate("a fox", "another")  # error
    client.images.generate("a fox", negativ_prompt="fog")  # error
    client.images.generate("a fox", n="2")  # error
    client.images.generate("a fox", n=2)
    client.images.generate("a fox", model=4)  # error
    client.images.generate("a fox", no_text="yes")  # error
    client.images.generate("a fox", colors=7)  # error
    client.images.generate("a fox", background_color=255)  # error
    client.images.generate("a fox", size=1024)  # error
    client.images.generate("a fox", size=(1024, 768, 3))  # error
    client.images.generate("a fox", size=("16", "9"))  # error
    client.images.generate("a fox", style=7)  # error
    client.images.generate("a fox", substyle=["grain"])  # error
    client.images.generate("a fox", style_id=7)  # error
    client.images.generate("a fox", controls={"glow": 1})  # error
    client.images.generate("a fox", controls={"artistic_level": "high"})  # error
    client.images.generate("a fox", text_layout=[{"words": "HI"}])  # error
    client.images.generate("a fox", image=path)  # error
    client.images.generate("a fox", extra=["guidance"])  # error
    client.images.vectorize(path, extra={7: "x"})  # error
    client.users.me(extra="verbose=1")  # error
    models.VectorizeRequest(image=7)  # error
    models.CreateStyleRequest(file=path)  # error
    client.images.inpaint(path, "a hat")  # error
    client.images.inpaint(path, path, prompt=None)  # error
    client.images.image_to_image("a.png")  # error
    client.images.image_to_image(path, "a hat", strength="much")  # error
    client.images.vectorize(7)  # error
    client.images.vectorize(path, size="1:1")  # error
    client.images.outpaint(path, "sea", 10)  # error
    client.images.outpaint(path, top="10")  # error
    client.images.upscale(path)  # error
    client.styles.create("icon", images=5)  # error
    client.styles.create("icon", path)  # error
    client.styles.get()  # error
    client.colors.optimize(["#fff"])  # error
    client.users.me("u1")  # error
    client.prompts.enhance(["a fox"])  # error
    client.save("a.png")  # error
    client.save(result, 7)  # error
    client.save(result, overwrite="yes")  # error
    client.fetch(result)  # error
    client.with_options(token=None)  # error
    client.with_options(max_retries=2)  # error


def wrong_results(client: Recraft, result: ImageResult, image: Image) -> None:
    result.images = ()  # error
    result.credits = 0  # error
    image.url = "https://example.com"  # error
    print(result.cost)  # error
    number: int = client.images.generate("a fox")  # error
    print(number, client.users.me().balance)  # error


def wrong_clients() -> None:
    Recraft(7)  # error
    Recraft("token", "https://example.com")  # error
    Recraft(retry=3)  # error
    Recraft(limiter=True)  # error
    Recraft(timeout="5")  # error
    Recraft(verify=False)  # error
    Recraft(api_key="token")  # error
    Fault("rate_limit")  # error


async def wrong_awaits(client: Recraft, asynchronous: AsyncRecraft) -> None:
    await client.images.generate("a fox")  # error
    print(len(asynchronous.images.generate("a fox")))  # error
    print((await asynchronous.users.me()).balance)  # error
    await asynchronous.images.generate("a fox", n="2")  # error
    asynchronous.close()  # error
