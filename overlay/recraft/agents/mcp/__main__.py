"""`python -m recraft.agents.mcp`."""

from . import main

raise SystemExit(main())
