"""The API for models that act: the MCP server in `mcp`; and as data files the Agent Skill, the capability files and the
JSON Schemas of results.
"""
