"""The service itself: `client.service`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..results import ServiceStatus, nothing, read_status

if TYPE_CHECKING:
    from recraft_api import options as opt


class Service(Namespace[K_co]):
    """Whether the service works. By the vendor's document of 2026-08-22; both cost nothing."""

    @operation
    @staticmethod
    @marks.get_service_status
    def status(**options: Unpack[opt.GetServiceStatusOptions]) -> Call[ServiceStatus]:
        """Whether the service works, and whether it makes images, by its own word."""
        return call("getServiceStatus", read_status, options)

    @operation
    @staticmethod
    @marks.ping
    def ping(**options: Unpack[opt.PingOptions]) -> Call[None]:
        """Reach the service and come back. Raises what any call raises when that fails."""
        return call("ping", nothing, options)
