"""The account: `client.users`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..results import User, read_user

if TYPE_CHECKING:
    from recraft_api import options as opt


class Users(Namespace[K_co]):
    """The account behind the token."""

    @operation
    @staticmethod
    @marks.get_current_user
    def me(**options: Unpack[opt.GetCurrentUserOptions]) -> Call[User]:
        """Who the token belongs to, and how many API units are left. Costs nothing."""
        return call("getCurrentUser", read_user, options)
