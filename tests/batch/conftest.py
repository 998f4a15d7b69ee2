"""A real Redis server, for batches that run on a cluster of processes."""

from limiter.conftest import redis_url as redis_url
