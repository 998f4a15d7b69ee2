"""Where a batch stands, in numbers and in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from .pricing import UNITS_PER_USD, Kind, Prices
from .store import Store

#: How many jobs of a sort a summary names.
NAMED = 1000

_WORDS = {
    "SIGINT": "stopped by Ctrl-C",
    "SIGTERM": "stopped by SIGTERM",
    "budget": "stopped before the budget would be passed",
    "credits": "stopped: the account has no API units left",
    "token": "stopped: the service does not accept the token",
    "connection": "stopped: no connection to the service, or to the cluster",
}


@attrs.frozen
class Ended:
    """A job that has no result: its id, the line it was last on, its state, and its error as `to_dict` gave it."""

    id: str
    line: int
    state: str
    error: Mapping[str, Any] | None

    def __str__(self) -> str:
        what = f"{self.error['type']}: {self.error['message']}" if self.error else self.state
        return f"{self.id} (line {self.line}): {what}"


@attrs.frozen(kw_only=True)
class Summary:
    """Where a batch stands.

    Attributes:
        folder: Its folder.
        jobs: How many jobs the manifest of the last run has.
        done: How many of those have all their files.
        todo: Not sent yet.
        paid: Paid, and not all files are there: the next run fetches them.
        failed: Refused, which costs nothing. The next run tries again what was a matter of the moment.
        in_doubt: Sent, and no answer was read: maybe charged. They are left unless `resend_in_doubt=True`.
        expired: Paid, and fetched too late: the address of an image lives about 24 hours.
        units: What the folder has cost, over all its runs, in API units (1,000 are 1 US dollar), by the answers.
        images: How many images have their files, over all runs.
        stopped: Why the run ended before everything was tried: "SIGINT", "SIGTERM", "budget", "credits", "token" or
            "connection". None when it did not.
        troubles: The jobs that are failed, in doubt, expired, or paid with a file that could not be fetched; the first
            1,000.
    """

    folder: Path
    jobs: int = 0
    done: int = 0
    todo: int = 0
    paid: int = 0
    failed: int = 0
    in_doubt: int = 0
    expired: int = 0
    units: float = 0.0
    images: int = 0
    stopped: str | None = None
    troubles: tuple[Ended, ...] = attrs.field(default=(), repr=False)

    @property
    def usd(self) -> float:
        """What the folder has cost in US dollars."""
        return self.units / UNITS_PER_USD

    @property
    def complete(self) -> bool:
        """Whether every job is done."""
        return self.done == self.jobs

    def __str__(self) -> str:
        why = f"{_WORDS.get(self.stopped, self.stopped)}: " if self.stopped else ""
        lines = [
            f"{why}{self.done} of {self.jobs} jobs done, {self.images} images in {str(self.folder / 'images')!r}, "
            f"{self.units:g} units (${self.usd:.2f})"
        ]
        if self.todo or self.paid:
            left = [f"{self.todo} to do"] * bool(self.todo) + [f"{self.paid} paid and to be fetched"] * bool(self.paid)
            lines.append(f"  {', '.join(left)}; run the same again to go on")
        if self.in_doubt:
            lines.append(
                f"  {self.in_doubt} in doubt: maybe charged, and left alone; reconcile() compares with the balance, "
                "resend_in_doubt=True sends them again"
            )
        lines += [f"  {count} {what}" for count, what in ((self.failed, "failed"), (self.expired, "expired")) if count]
        return "\n".join([*lines, *(f"    {each}" for each in self.troubles[:10])])


def troubled(store: Store, states: tuple[str, ...], account: str) -> tuple[Ended, ...]:
    """The jobs of an account in these states, of all runs."""
    marks = ", ".join("?" * len(states))
    rows = store.rows(
        f"select id, line, state, error from jobs where state in ({marks}) and account = ? order by line limit ?",
        *states,
        account,
        NAMED,
    )
    return tuple(_ended(row) for row in rows)


def summary(store: Store, folder: Path, stopped: str | None = None) -> Summary:
    """Where the journal says that the batch stands."""
    run = store.rows("select value from about where name = 'run'")[0]["value"]
    counts = {row[0]: row[1] for row in store.rows("select state, count(*) from jobs where run = ? group by 1", run)}
    (units,) = store.rows("select total(credits) from jobs")
    (images,) = store.rows("select count(*) from images join jobs on number = job where file is not null")
    troubles = store.rows(
        "select id, line, state, error from jobs where run = ? and (state in ('failed', 'doubt', 'expired') or "
        "(state = 'paid' and error is not null)) order by line limit ?",
        run,
        NAMED,
    )
    return Summary(
        folder=folder,
        jobs=sum(counts.values()),
        done=counts.get("done", 0),
        todo=counts.get("todo", 0),
        paid=counts.get("paid", 0),
        failed=counts.get("failed", 0),
        in_doubt=counts.get("doubt", 0) + counts.get("sent", 0),
        expired=counts.get("expired", 0),
        units=units[0],
        images=images[0],
        stopped=stopped,
        troubles=tuple(_ended(row) for row in troubles),
    )


def costs(store: Store) -> list[tuple[str, float]]:
    """What the answers in a journal say that calls cost, by kind."""
    return [
        (row[0], row[1])
        for row in store.rows("select kind, max(credits) from jobs where credits is not null group by kind")
    ]


def prices(store: Store, listed: Mapping[str, float] | None = None) -> Prices:
    """What the answers in a journal say that calls cost, and what the service lists."""
    return Prices(costs(store), listed)


def committed(store: Store, known: Prices) -> float:
    """What a folder has cost at most: what answers said, and in full what is in doubt or whose answer did not say."""
    paid = "select total(coalesce(credits, bound)) from jobs where state in ('paid', 'done', 'expired')"
    spent: float = store.rows(paid)[0][0]
    doubts = store.rows("select kind, bound, count(*) as many from jobs where state in ('doubt', 'sent') group by 1, 2")
    in_doubt = ((known.most(Kind.read(row["kind"])) or row["bound"] or 0.0) * row["many"] for row in doubts)
    return float(spent + sum(in_doubt))


def _ended(row: Any) -> Ended:
    return Ended(row["id"], row["line"], row["state"], json.loads(row["error"]) if row["error"] else None)
