from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.style import Style
from ...types import Response, http_status


def _get_kwargs(
    style_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/styles/{style_id}".format(
            style_id=quote(str(style_id), safe=""),
        ),
    }

    _kwargs["extensions"] = {
        "recraft": {
            "operation": "getStyle",
        }
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ApiError | Style:
    if response.is_success:
        response_200 = Style.from_dict(response.json())

        return response_200

    response_default = ApiError.from_dict(response.json())

    return response_default


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ApiError | Style]:
    return Response(
        status_code=http_status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    style_id: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ApiError | Style]:
    """Get Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | Style]
    """

    kwargs = _get_kwargs(
        style_id=style_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    style_id: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> ApiError | Style | None:
    """Get Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | Style
    """

    return sync_detailed(
        style_id=style_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    style_id: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ApiError | Style]:
    """Get Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | Style]
    """

    kwargs = _get_kwargs(
        style_id=style_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    style_id: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> ApiError | Style | None:
    """Get Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | Style
    """

    return (
        await asyncio_detailed(
            style_id=style_id,
            client=client,
        )
    ).parsed
