"""Which commands there are that are no helper, and what the front page says of all."""

from __future__ import annotations

#: What the tool is, and how to go on.
ABOUT = "Make and edit images with the Recraft Images API."
EPILOGUE = "Every command has --help. Try it all without a token: recraft --sandbox generate 'a red fox'"

#: The headings of the front page.
IMAGES, ACCOUNT, TOOLS = "Images", "Prompts, styles, colours and the account", "Tools"

#: Commands that are no helper: where each is defined, and what it does.
OWN = {
    "batch run": ("batches:run", "Do what a manifest asks for; the same again goes on where it stopped."),
    "batch status": ("batches:status", "Say where a batch stands, also while it runs."),
    "batch estimate": ("batches:estimate", "Say what a manifest will cost."),
    "batch reconcile": ("batches:reconcile", "Compare what a batch says that it cost with what left the account."),
    "batch report": ("batches:report", "Write the report of a batch anew."),
    "save": ("saving:save", "Fetch pictures from their addresses, or those of a result kept as JSON."),
    "sandbox": ("playing:sandbox", "Start a sandbox: the service, invented, with a page to watch it."),
    "mcp": ("serving:mcp", "Serve the API as tools for a model, over MCP."),
    "login": ("login:login", "Keep an API token in a profile, after trying it."),
    "skill install": ("skills:install", "Put the Agent Skill where agents look for skills."),
    "completion": ("completion:completion", "Write the completion script for a shell."),
}

#: What groups of those say of themselves.
GROUPS = {
    "batch": "Thousands of calls from a file: none lost, nothing paid twice.",
    "skill": "What an agent with a shell has to know to use this command well.",
}
