"""The references of the Agent Skill: commands by what they are for, models with what they take, and exit codes."""

from __future__ import annotations

import capabilities
import models
from recraft.cli.exits import MEANINGS
from recraft.helpers.catalogue import about, helpers
from schemas import Schema, operations

WRITTEN = "Written by scripts/agents.py; do not edit."


def files(specification: Schema, made_by: dict[str, str]) -> dict[str, str]:
    """Every reference by its name; `made_by` has the helper of each operation."""
    commands = {f"client.{helper.name}": (" ".join(words), about(helper)) for words, helper in helpers().items()}
    of = {identifier: commands[helper] for identifier, helper in made_by.items() if helper in commands}
    return {
        "commands.md": _commands(specification, of),
        "models.md": _models(specification, of),
        "money.md": _money(),
    }


def _commands(specification: Schema, of: dict[str, tuple[str, str]]) -> str:
    parts = [
        f"<!-- {WRITTEN} -->\n# Commands by what they are for\n\n`recraft COMMAND --help` has every option of one."
    ]
    for name, words in capabilities.known(specification).items():
        rows = [
            f"| `recraft {of[item['operationId']][0]}` | {of[item['operationId']][1]} |"
            for _, _, item in operations(specification)
            if name in capabilities.of(specification, item) and item["operationId"] in of
        ]
        parts.append("\n".join([f"## {name}\n\n{words}\n", "| Command | |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _models(specification: Schema, of: dict[str, tuple[str, str]]) -> str:
    by_model = models.table_of(specification)
    start = f"<!-- {WRITTEN} -->\n# Models\n"
    if by_model is None:
        return f"{start}\n`recraft models` lists them.\n"
    raw = by_model.raw
    families = [f"| {name} | {_code(names)} |" for name, names in raw["families"].items()]
    only = [
        f"| `recraft {of[identifier][0]}` | {', '.join(rule['models']) or 'says nothing'} |"
        for identifier, rule in raw["operations"].items()
        if "models" in rule and identifier in of
    ]
    takes = [f"| `--{name.replace('_', '-')}` | {', '.join(names)} |" for name, names in raw["takes"].items()]
    longest = [
        f"- `{name}` of {', '.join(rule['models'])}: at most {rule['characters']:,} characters"
        for name, rules in raw["longest"].items()
        for rule in rules
    ]
    sentences = [f"- Only one of {_code(names)} in a call." for names in raw["excludes"]]
    sentences += [f"- {', '.join(rule['models'])} need one of {_code(rule['one_of'])}." for rule in raw["needs"]]
    ratios = [f"- `{name}` as a ratio fits every model: {_code(values)}." for name, values in raw["ratios"].items()]
    return "\n".join(
        [
            start,
            f"By the service's documentation of {raw['as_of']}; `recraft models` lists what it offers now. What does",
            "not fit is warned of, and sent all the same.\n",
            "| Family | Models |\n|---|---|",
            *families,
            "\n## Commands that take some models only\n\n| Command | Models |\n|---|---|",
            *only,
            "\n`raster` and `vector` are all models that make such images; a name that ends in `_vector` makes SVG.",
            "\n## Options that some models take\n\n| Option | Families |\n|---|---|",
            *takes,
            "",
            *sentences,
            *longest,
            *ratios,
            "",
        ]
    )


def _money() -> str:
    rows = [f"| {int(code)} | {words} |" for code, words in MEANINGS.items()]
    return "\n".join(
        [
            f"<!-- {WRITTEN} -->",
            "# Money and doubt",
            "",
            "A call costs API units when it works, and nothing when it is refused; 1,000 units are 1 US dollar. What a",
            "call cost stands in its result (`credits`). A call whose answer was lost on its way is in doubt: it may",
            "have been served and paid for, and the service cannot be asked. `recraft` never sends such a call again",
            "by itself.",
            "",
            "| Exit code | Means |",
            "|---|---|",
            *rows,
            "",
            "After 7: tell the user what was sent, and compare `recraft account` with the balance before. Only the",
            "user decides to send it again.",
            "",
        ]
    )


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
