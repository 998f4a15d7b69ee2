"""`recraft batch`: hundreds of calls from a file, as `recraft.batch` makes them."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import attrs
from cyclopts import Parameter

from recraft import InputError, batch

from . import telling
from .clients import opened
from .common import Common, documented, switch
from .exits import Broken, Exit
from .prices import ask, is_asked
from .watching import Watch

Manifest = Annotated[Path, Parameter(help="A .jsonl or .csv file: one call a line.")]
Folder = Annotated[Path, Parameter(help="Where journal, images and reports are.")]
Everywhere = Annotated[Common | None, Parameter("*")]

#: What a run that ended before its end ends with, by why.
_STOPPED = {
    "SIGINT": Exit.INTERRUPTED,
    "SIGTERM": Exit.INTERRUPTED,
    "token": Exit.AUTHENTICATION,
    "credits": Exit.NO_UNITS,
    "connection": Exit.UNREACHABLE,
    "budget": Exit.SOME_FAILED,
}


@documented
def run(
    manifest: Manifest,
    folder: Folder,
    /,
    *,
    budget: Annotated[float | None, Parameter(help="US dollars that the folder may cost, over all its runs.")] = None,
    concurrency: Annotated[int | None, Parameter(help="Calls under way at most; as many as are of use.")] = None,
    name: Annotated[str, Parameter(help="Names of the images, without extension.")] = "{id}-{index}",
    retry_failed: Annotated[bool, switch("Send again what was refused, too.")] = False,
    resend_in_doubt: Annotated[
        bool, switch("Send again what may have been charged. It may be paid for twice.")
    ] = False,
    common: Everywhere = None,
) -> int:
    """Do what a manifest asks for, and have its images in a folder. The same again goes on where it stopped.

    Each line is a call: {"prompt": "a red fox", "n": 2} or {"operation": "vectorize", "image": "in/a.png"}. The whole
    manifest is checked before the first call. Ctrl-C finishes what is under way.
    """
    common = common or Common()
    watch = Watch(0, "batch", counting=False)
    with _told(watch), opened(common, watch) as client:
        if common.dry_run:
            return _show(batch.estimate(manifest, folders=_with_journal(folder)), common)
        if is_asked(common):
            _confirm(batch.estimate(manifest, folders=_with_journal(folder), client=client), common)

        def told(progress: batch.Progress) -> None:
            ended = progress.done + progress.failed + progress.in_doubt
            watch.set(ended, progress.jobs, progress.units)

        with watch:
            summary = batch.run(
                manifest,
                folder,
                client=client,
                budget=None if budget is None else batch.Budget(usd=budget),
                concurrency=concurrency,
                name=name,
                retry_failed=retry_failed,
                resend_in_doubt=resend_in_doubt,
                on_progress=told,
            )
    _show(summary, common)
    return _exit(summary)


@documented
def status(folder: Folder, /, *, common: Everywhere = None) -> int:
    """Say where the batch in a folder stands, also while it runs."""
    with _told():
        return _show(batch.status(folder), common or Common())


@documented
def estimate(
    manifest: Manifest,
    /,
    *,
    folder: Annotated[
        list[Path] | None, Parameter(help="A batch whose prices are known. May be given again.", negative_iterable=())
    ] = None,
    common: Everywhere = None,
) -> int:
    """Say what a manifest will cost, by the prices of earlier batches and those that the service lists."""
    common = common or Common()
    with _told(), opened(common) as client:
        return _show(batch.estimate(manifest, folders=folder or (), client=client), common)


@documented
def reconcile(folder: Folder, /, *, common: Everywhere = None) -> int:
    """Compare what a batch says that it cost with what left the account."""
    common = common or Common()
    with _told(), opened(common) as client:
        return _show(batch.reconcile(folder, client), common)


@documented
def report(
    folder: Folder,
    /,
    *,
    sheets: Annotated[bool, switch("Contact sheets of the images, too.")] = False,
    common: Everywhere = None,
) -> int:
    """Write the report of a batch anew: report.html and results.jsonl."""
    with _told():
        written = [batch.report(folder), *(batch.contact_sheets(folder) if sheets else ())]
    if common is not None and common.json:
        telling.write_json([str(path) for path in written])
    else:
        for path in written:
            telling.write(str(path))
    return Exit.OK


def _with_journal(folder: Path) -> list[Path]:
    return [folder] if (folder / "journal.db").exists() else []


def _confirm(found: batch.Estimate, common: Common) -> None:
    if found.usd > common.ask_above or found.unknown:
        telling.say(str(found))
        ask(f"{found.jobs} calls, about {found.usd:.2f} USD{' and more' if found.unknown else ''}. Go on?")


class _Heard(logging.Handler):
    """What a run says while it goes on, such as what a Ctrl-C does, in the words of its log."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.tell(record.getMessage())


@contextlib.contextmanager
def _told(watch: Watch | None = None) -> Iterator[None]:
    """What a batch refuses to begin with, such as a manifest with mistakes, is a wrong command line. What ends it once
    jobs have gone further, such as a full disk, is not: something was sent.
    """
    heard = [_Heard(watch)] if watch is not None else []
    logger = logging.getLogger("recraft.batch")
    for each in heard:
        logger.addHandler(each)
    try:
        yield
    except batch.BatchError as error:
        if watch is not None and watch.begun:
            raise Broken(error.message) from error
        raise InputError(error.message) from error
    finally:
        for each in heard:
            logger.removeHandler(each)


def _exit(summary: batch.Summary) -> Exit:
    """The exit code of a run."""
    if summary.stopped:
        return _STOPPED.get(summary.stopped, Exit.SOME_FAILED)
    if summary.complete:
        return Exit.OK
    doubt_only = summary.in_doubt and not (summary.failed or summary.expired or summary.paid or summary.todo)
    return Exit.IN_DOUBT if doubt_only else Exit.SOME_FAILED


def _show(value: Any, common: Common) -> Exit:
    if common.json:
        print(json.dumps(attrs.asdict(value), default=str, ensure_ascii=False))
    else:
        telling.write(str(value))
    return Exit.OK
