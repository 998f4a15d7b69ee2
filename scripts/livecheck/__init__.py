"""Compare the real service with what this project assumes of it; `scripts/live.py` is the command."""
