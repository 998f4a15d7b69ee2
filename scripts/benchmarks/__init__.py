"""The parts of `bench.py`: what importing, calling and uploading cost beside httpx and openai."""
