"""One command that is a helper, from what was given to what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from recraft import ImageResult, InputError, Recraft
from recraft.helpers.catalogue import Helper
from recraft.helpers.shape import Option, Shape

from . import telling
from .clients import opened
from .common import STREAM, Common, Keeping
from .exits import Exit
from .keeping import keep, prepare
from .places import EXTENSIONS, Place, Source, plan
from .prices import Kind, Known, confirm
from .running import Job, run
from .values import check_one_stdin, value
from .watching import Watch


class Command(NamedTuple):
    """A helper with all that its command was given."""

    helper: Helper
    shape: Shape
    common: Common
    keeping: Keeping

    @property
    def keeps(self) -> bool:
        """Whether it makes pictures that are written: with --json only when it says where."""
        wanted = self.keeping.output is not None or not self.common.json
        return self.shape.gives == "ImageResult" and wanted and not self.common.dry_run


def call(helper: Helper, shape: Shape, given: Mapping[str, Any], common: Common, keeping: Keeping) -> Exit:
    """Make the calls of a command."""
    command = Command(helper, shape, common, keeping)
    if common.json and keeping.output == STREAM:
        raise InputError("--json and -o - both write to standard output. Leave out one of them.")
    jobs = list(_jobs(command, given))
    places = _places(command, given, jobs) if command.keeps else []
    images = sum(shape.images(job.arguments) for job in jobs)
    total = images if shape.gives == "ImageResult" else len(jobs)
    watch = Watch(total, " ".join(helper.words))
    with opened(common, watch) as client:
        kinds = [_kind(command, job) for job in jobs]
        if shape.gives == "ImageResult":
            confirm(kinds, common, client)
        method = getattr(getattr(client, helper.group), helper.method)
        known = Known.load() if places else None

        def made(number: int) -> Made:
            result = method(**jobs[number].arguments)
            if isinstance(result, ImageResult) and known is not None and not common.sandbox:
                known.learn(kinds[number], result.credits)
            return _keep(client, result, places[number] if places else None, keeping.force, watch)

        return run(jobs, made, watch, common, lambda done: show(command, done, watch))


class Made(NamedTuple):
    """What a call gave, and the files it was written to."""

    result: Any
    paths: Sequence[Path] = ()


def _jobs(command: Command, given: Mapping[str, Any]) -> Iterator[Job]:
    options = {option.name: option for option in command.shape.options}
    flat = [item for each in given.values() for item in (each if isinstance(each, list | tuple) else [each])]
    check_one_stdin(flat)
    arguments = {name: value(options[name], each) for name, each in given.items() if not _calls(command, name)}
    several = command.shape.calls
    inputs = given.get(several.name, ()) if several else ()
    if not inputs or several is None:
        yield Job("", _in_format(command, arguments))
        return
    for each in inputs:
        yield Job(each, _in_format(command, {several.name: value(several, each), **arguments}))


def _calls(command: Command, name: str) -> bool:
    return command.shape.calls is not None and command.shape.calls.name == name


def _in_format(command: Command, arguments: dict[str, Any]) -> dict[str, Any]:
    """Ask for the format that -o names, where the helper has an option for that."""
    wanted = (command.keeping.output or "").rpartition(".")[2].lower()
    for option in command.shape.options:
        if _names_formats(option) and wanted in option.values and option.name not in arguments:
            return {**arguments, option.name: wanted}
    return arguments


def _names_formats(option: Option) -> bool:
    return bool(option.values) and set(option.values) <= set(EXTENSIONS)


def _places(command: Command, given: Mapping[str, Any], jobs: list[Job]) -> list[Place]:
    """Where the pictures go. Raises InputError when they cannot go there."""
    first = next((option for option in command.shape.options if option.positional and option.kind == "image"), None)
    image = given.get(first.name) if first else None
    sources = []
    for job in jobs:
        single = job.label or (image if isinstance(image, str) else None)
        prompt = str(job.arguments.get("prompt") or "-".join(command.helper.words))
        sources.append(Source(single or None, prompt, command.shape.images(job.arguments)))
    places = plan(command.keeping.output, sources, "-".join(command.helper.words), force=command.keeping.force)
    for place in places:
        prepare(place)
    return places


def _kind(command: Command, job: Job) -> Kind:
    model = job.arguments.get("model")
    return Kind(command.helper.name, model, command.shape.images(job.arguments))


def _keep(client: Recraft, result: Any, place: Place | None, force: bool, watch: Watch) -> Made:
    paths = keep(client, result, place, force=force) if place is not None else ()
    watch.finished(len(result) if isinstance(result, ImageResult) else 1)
    return Made(result, paths)


def show(command: Command, done: list[tuple[Job, Made]], watch: Watch) -> None:
    """What the calls gave, on standard output."""
    if command.common.json:
        for _, made in done:
            telling.write_json(made.result)
    elif command.keeps:
        rows = [(job, path) for job, made in done for path in made.paths]
        telling.pictures([(job.label, path) for job, path in rows])
        if watch.units:
            telling.summary(len(rows), watch.units)
    else:
        for _, made in done:
            telling.result(made.result)
    if command.keeping.show:
        from .pictures import show_files

        show_files([path for _, made in done for path in made.paths])
