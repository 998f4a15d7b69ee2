"""What the helpers of a client are called, take and give, for those that offer them to people and to models: the
command line and the MCP server. All of it follows from their signatures and from the effective specification.
"""
