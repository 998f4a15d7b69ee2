"""The API for models that act: the MCP server, in `mcp`."""
