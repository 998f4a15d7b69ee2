"""What `scripts/agents.py` writes: each module makes some of the files, from the specification and the helpers."""
