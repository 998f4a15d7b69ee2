"""How an image that a notebook shows gets its bytes: by the client that made it, while there is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import anyio
import attrs

from ..errors import InputError
from ..results import Image
from ..retry import NO_RETRY
from .downloads import Downloads
from .io import Awaiting, Blocking, run_now
from .settings import Settings

#: The largest image that is fetched only to be shown, in bytes.
LARGEST = 32 * 2**20


@attrs.frozen(eq=False)
class Viewer:
    """What the images of a client know of it. They hold it weakly: a result keeps no connections alive."""

    io: Blocking | Awaiting
    settings: Settings

    def look(self, image: Image, seconds: float) -> bytes:
        """The bytes of an image, fetched once, within so many seconds. Blocks, and may be called on an event loop.

        An AsyncRecraft fetches on a loop of its own in a thread: the one that runs may be waiting for this.
        """
        downloads = attrs.evolve(
            Downloads.of(self.io, self.settings),
            policy=attrs.evolve(NO_RETRY, deadline=seconds),
            limit=LARGEST,
            keeps_alive=False,
        )
        try:
            if isinstance(self.io, Blocking):
                return run_now(downloads.look(image))
            with ThreadPoolExecutor(1) as thread:
                return thread.submit(anyio.run, partial(downloads.look, image)).result()
        except InputError:
            hint = "keep it open while you look at results, or ask for response_format='b64_json'"
            raise InputError(f"its client was closed: {hint}.") from None
