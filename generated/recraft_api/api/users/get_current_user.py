from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.billing_type import BillingType
from ...models.user import User
from ...types import UNSET, Response, Unset, http_status


def _get_kwargs(
    *,
    billing: BillingType | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_billing: str | Unset = UNSET
    if not isinstance(billing, Unset):
        json_billing = billing

    params["billing"] = json_billing

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/users/me",
        "params": params,
    }

    _kwargs["extensions"] = {
        "recraft": {
            "operation": "getCurrentUser",
        }
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ApiError | User:
    if response.is_success:
        response_200 = User.from_dict(response.json())

        return response_200

    response_default = ApiError.from_dict(response.json())

    return response_default


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ApiError | User]:
    return Response(
        status_code=http_status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    billing: BillingType | Unset = UNSET,
) -> Response[ApiError | User]:
    """Get Current User And Credit Balance

     Retrieve the authenticated user's profile, plan, and remaining API unit balance.

    Args:
        billing (BillingType | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | User]
    """

    kwargs = _get_kwargs(
        billing=billing,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    billing: BillingType | Unset = UNSET,
) -> ApiError | User | None:
    """Get Current User And Credit Balance

     Retrieve the authenticated user's profile, plan, and remaining API unit balance.

    Args:
        billing (BillingType | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | User
    """

    return sync_detailed(
        client=client,
        billing=billing,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    billing: BillingType | Unset = UNSET,
) -> Response[ApiError | User]:
    """Get Current User And Credit Balance

     Retrieve the authenticated user's profile, plan, and remaining API unit balance.

    Args:
        billing (BillingType | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | User]
    """

    kwargs = _get_kwargs(
        billing=billing,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    billing: BillingType | Unset = UNSET,
) -> ApiError | User | None:
    """Get Current User And Credit Balance

     Retrieve the authenticated user's profile, plan, and remaining API unit balance.

    Args:
        billing (BillingType | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | User
    """

    return (
        await asyncio_detailed(
            client=client,
            billing=billing,
        )
    ).parsed
