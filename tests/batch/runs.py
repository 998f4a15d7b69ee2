"""A batch in a process of its own, to be killed: `python runs.py MANIFEST FOLDER BASE_URL TOKEN SETTINGS`.

SETTINGS is JSON for `batch.run`. With `die_at` in it the process ends itself, as SIGKILL would, at its so-manieth step
that reaches the disk.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from recraft import Recraft, RetryPolicy, batch


def die_at(step: int) -> None:
    """End the process before the so-manieth commit or rename, as if it had been killed there."""
    import contextlib

    from recraft.batch import store

    left = iter(range(step))

    def count() -> None:
        if next(left, None) is None:
            os._exit(9)

    commit, replace = store.Store.commit, os.replace

    @contextlib.contextmanager
    def counted(self: Any) -> Any:
        count()
        with commit(self) as db:
            yield db
        count()

    def replaced(*paths: Any) -> None:
        count()
        replace(*paths)

    store.Store.commit = counted  # type: ignore[method-assign, assignment]
    os.replace = replaced  # type: ignore[assignment]


def main(manifest: str, folder: str, base_url: str, token: str, settings: str) -> None:
    given = json.loads(settings)
    if "die_at" in given:
        die_at(given.pop("die_at"))
    retry = RetryPolicy(first_wait=0.01, longest_wait=0.05)
    with Recraft(token, base_url=base_url, limiter=None, retry=retry) as client:
        print("ready", flush=True)
        print(batch.run(manifest, folder, client=client, **given), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
