from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.billing_type import BillingType
from ...models.generation_form_request import GenerationFormRequest
from ...models.generation_request import GenerationRequest
from ...models.image_set import ImageSet
from ...types import UNSET, Response, Unset, http_status


def _get_kwargs(
    *,
    body: GenerationRequest | GenerationFormRequest | Unset = UNSET,
    billing: BillingType | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    json_billing: str | Unset = UNSET
    if not isinstance(billing, Unset):
        json_billing = billing

    params["billing"] = json_billing

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/images/generations",
        "params": params,
    }

    if isinstance(body, GenerationRequest):
        _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"
    if isinstance(body, GenerationFormRequest):
        _kwargs["files"] = body.to_multipart()

    _kwargs["extensions"] = {
        "recraft": {
            "operation": "createImage",
            "body": None if isinstance(body, Unset) else body,
        }
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ApiError | ImageSet:
    if response.is_success:
        response_200 = ImageSet.from_dict(response.json())

        return response_200

    response_default = ApiError.from_dict(response.json())

    return response_default


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ApiError | ImageSet]:
    return Response(
        status_code=http_status(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: GenerationRequest | GenerationFormRequest | Unset = UNSET,
    billing: BillingType | Unset = UNSET,
) -> Response[ApiError | ImageSet]:
    """Create Image From Prompt

     Generate one or more images from a text prompt. Supports both raster
    and vector output across all Recraft model versions (V2, V3, V4, V4.1)
    and OpenAI-style request shape. Optionally accepts a `style`, `substyle`,
    `style_id` (for custom styles), `size`, and `controls` block with brand
    controls such as colors and background color.

    Args:
        billing (BillingType | Unset):
        body (GenerationRequest):
        body (GenerationFormRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ImageSet]
    """

    kwargs = _get_kwargs(
        body=body,
        billing=billing,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: GenerationRequest | GenerationFormRequest | Unset = UNSET,
    billing: BillingType | Unset = UNSET,
) -> ApiError | ImageSet | None:
    """Create Image From Prompt

     Generate one or more images from a text prompt. Supports both raster
    and vector output across all Recraft model versions (V2, V3, V4, V4.1)
    and OpenAI-style request shape. Optionally accepts a `style`, `substyle`,
    `style_id` (for custom styles), `size`, and `controls` block with brand
    controls such as colors and background color.

    Args:
        billing (BillingType | Unset):
        body (GenerationRequest):
        body (GenerationFormRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | ImageSet
    """

    return sync_detailed(
        client=client,
        body=body,
        billing=billing,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: GenerationRequest | GenerationFormRequest | Unset = UNSET,
    billing: BillingType | Unset = UNSET,
) -> Response[ApiError | ImageSet]:
    """Create Image From Prompt

     Generate one or more images from a text prompt. Supports both raster
    and vector output across all Recraft model versions (V2, V3, V4, V4.1)
    and OpenAI-style request shape. Optionally accepts a `style`, `substyle`,
    `style_id` (for custom styles), `size`, and `controls` block with brand
    controls such as colors and background color.

    Args:
        billing (BillingType | Unset):
        body (GenerationRequest):
        body (GenerationFormRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ImageSet]
    """

    kwargs = _get_kwargs(
        body=body,
        billing=billing,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: GenerationRequest | GenerationFormRequest | Unset = UNSET,
    billing: BillingType | Unset = UNSET,
) -> ApiError | ImageSet | None:
    """Create Image From Prompt

     Generate one or more images from a text prompt. Supports both raster
    and vector output across all Recraft model versions (V2, V3, V4, V4.1)
    and OpenAI-style request shape. Optionally accepts a `style`, `substyle`,
    `style_id` (for custom styles), `size`, and `controls` block with brand
    controls such as colors and background color.

    Args:
        billing (BillingType | Unset):
        body (GenerationRequest):
        body (GenerationFormRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | ImageSet
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            billing=billing,
        )
    ).parsed
