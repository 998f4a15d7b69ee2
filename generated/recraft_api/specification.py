"""Which document this was generated from: its own version, and the SHA-256 of its file."""

SPEC_VERSION = "2026-05-22"
SPEC_SHA256 = "1ec82b9e6a8287f069ad8f983dcae88b1d7fb76375fb8ea8d09da7ac3f4b9c2e"
