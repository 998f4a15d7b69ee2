from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

import httpx

from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...types import Response, http_status


def _get_kwargs(
    style_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/styles/{style_id}".format(
            style_id=quote(str(style_id), safe=""),
        ),
    }

    _kwargs["extensions"] = {
        "recraft": {
            "operation": "deleteStyle",
        }
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ApiError:
    if response.is_success:
        response_200 = cast(Any, None)
        return response_200

    response_default = ApiError.from_dict(response.json())

    return response_default


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ApiError]:
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
) -> Response[Any | ApiError]:
    """Delete Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ApiError]
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
) -> Any | ApiError | None:
    """Delete Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ApiError
    """

    return sync_detailed(
        style_id=style_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    style_id: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any | ApiError]:
    """Delete Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ApiError]
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
) -> Any | ApiError | None:
    """Delete Custom Style

    Args:
        style_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ApiError
    """

    return (
        await asyncio_detailed(
            style_id=style_id,
            client=client,
        )
    ).parsed
