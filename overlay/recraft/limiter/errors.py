"""What a store raises when it cannot do its work."""


class LimiterUnavailable(RuntimeError):
    """The limiter's file or server cannot be used, so nothing was reserved and nothing may be sent."""
