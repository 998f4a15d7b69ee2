"""What this project assumes of the live service, where it is from, and what finding out costs. In the order in which it
is checked: the free ones, those that cost what is documented, and those that cost something only when they are wrong.
"""

from __future__ import annotations

import attrs

from livecheck import calls, checks
from livecheck.checks import Check
from livecheck.lab import Call, Lab, NotChecked


@attrs.frozen
class Assumption:
    """`source` is how much weight it has, and its date; `units` what checking it adds to the bill when it holds."""

    id: str
    assumed: str
    source: str
    check: Check
    units: float = 0.0


def out_of_reach(why: str) -> Check:
    def check(_: Lab) -> checks.Seen:
        raise NotChecked(why)

    return check


GUIDE = "the vendor's guide, 2026-11-23"
DOCUMENT = "the vendor's OpenAPI document, 2026-08-22"
READ = "others who read the vendor's pages, 2026-09-04"
MEASURED = "measured by others, 2026-07 to 2026-10"
GUESS = "a guess"


def _priced(call: Call, source: str = READ) -> Assumption:
    name = "price-of-" + call.name.replace("/", "-").replace(" ", "-").lower()
    return Assumption(name, f"{call.name} costs {call.expected:g} units", source, checks.price(call), call.expected)


FREE = (
    Assumption("account", "GET /users/me has id, email and credits", DOCUMENT,
               checks.has(calls.ACCOUNT, "id", "email", "credits")),
    Assumption("request-id", "a success has the header x-recraft-requestid, a UUID", MEASURED,
               checks.named_by_a_uuid(calls.ACCOUNT)),
    Assumption("wrong-token", 'a wrong token is 401, text/plain "request unauthorized"', GUIDE,
               checks.plain_refusal(calls.WRONG_TOKEN, 401, "request unauthorized")),
    Assumption("no-token", 'no token is 401, text/plain "request unauthorized"', GUIDE,
               checks.plain_refusal(calls.NO_TOKEN, 401, "request unauthorized")),
    Assumption("unknown-path", 'an unknown path is 404, text/plain "404 page not found"', GUIDE,
               checks.plain_refusal(calls.UNKNOWN_PATH, 404, "404 page not found")),
    Assumption("request-id-of-errors", "401 and 404 have the header x-recraft-requestid, a UUID", GUESS,
               checks.named_by_a_uuid(calls.WRONG_TOKEN, calls.UNKNOWN_PATH)),
    Assumption("wrong-token-read", "the package raises AuthenticationError for a wrong token", GUIDE,
               checks.raises(calls.WRONG_TOKEN, "AuthenticationError")),
    Assumption("unknown-path-read", "the package raises NotFoundError for an unknown path", GUIDE,
               checks.raises(calls.UNKNOWN_PATH, "NotFoundError")),
    Assumption("request-id-read", "the package tells that id, of a result and of an error", MEASURED,
               checks.request_id_is_read(calls.ACCOUNT, calls.WRONG_TOKEN, calls.UNKNOWN_PATH)),
    Assumption("status", "GET /status, above the version, has service and generation", DOCUMENT,
               checks.has(calls.STATUS, "service", "generation")),
    Assumption("ping", "GET /ping, above the version, is a success", DOCUMENT, checks.succeeds(calls.PING)),
    Assumption("status-needs-a-token", "GET /status without a token is 401", DOCUMENT,
               checks.plain_refusal(calls.STATUS_UNNAMED, 401, "request unauthorized")),
    Assumption("models", "GET /models has a list `data`, each with an id", DOCUMENT,
               checks.has(calls.MODELS, "id", under="data")),
    Assumption("styles", "GET /styles has a list `styles`", DOCUMENT, checks.has(calls.STYLES, "styles")),
    Assumption("basic-styles", "GET /styles/basic has a list `styles`, each with a style", DOCUMENT,
               checks.has(calls.BASIC_STYLES, "style", under="styles")),
    Assumption("refine-details", "images/refineDetails is a path of the service", GUIDE, checks.newer_tools),
)  # fmt: skip

PAID = (
    _priced(calls.GENERATE),
    Assumption("answer-with-many-images", "a generation answers created, credits and data", DOCUMENT,
               checks.has(calls.GENERATE, "created", "credits", "data")),
    Assumption("an-image-of-many", "each of `data` has image_id and url", DOCUMENT,
               checks.has(calls.GENERATE, "image_id", "url", under="data")),
    Assumption("headers-of-a-success", "a generation is application/json and has no x-ratelimit-* header", MEASURED,
               checks.no_rate_headers),
    Assumption("url-form", "an image's URL has its signature in the path, ends in the image id, and has no query",
               MEASURED, checks.url_is_signed_in_its_path),
    Assumption("url-lifetime", "no header of an image says that it lives less than a day", GUIDE, checks.lives_a_day),
    Assumption("webp", "a raster image is lossless WebP, and its URL needs no token", GUIDE, checks.is_lossless_webp),
    Assumption("size", "1:1 of Flash is 1024 x 1024 pixels", GUIDE, checks.is_the_size_of_its_ratio),
    _priced(calls.MULTIPART),
    Assumption("multipart", "response_format=multipart answers a part `response` and a part for each image", GUIDE,
               checks.has_parts),
    Assumption("multipart-read", "the package reads it: Image.data holds the picture", GUIDE,
               checks.multipart_is_read),
    _priced(calls.BASE64),
    Assumption("base64-png", "b64_json with image_format=png answers a PNG in base64", DOCUMENT,
               checks.is_png_in_base64),
    _priced(calls.ERASE),
    Assumption("answer-with-one-image", "eraseRegion, sent as a form with image and mask, answers one `image`",
               MEASURED, checks.has(calls.ERASE, "created", "credits", "image")),
    _priced(calls.UPSCALE),
    Assumption("json-upload", "crispUpscale takes JSON with a data: URL, and answers one `image`", DOCUMENT,
               checks.has(calls.UPSCALE, "created", "credits", "image")),
    _priced(calls.ENHANCE),
    Assumption("enhanced-prompt", "prompts/enhance answers enhanced_prompt and credits", DOCUMENT,
               checks.has(calls.ENHANCE, "enhanced_prompt", "credits")),
    _priced(calls.STYLE, MEASURED),
    Assumption("style", "createStyle, sent as a form with file, answers a style", READ,
               checks.has(calls.STYLE, "id", "style", "creation_time", "is_private", "credits")),
    Assumption("style-deleted", "a style that was created can be deleted", DOCUMENT, checks.style_can_be_deleted),
    _priced(calls.VECTORIZE),
    Assumption("form-field", "vectorize takes its file as the form field `image` (the guide says `file`)", DOCUMENT,
               checks.has(calls.VECTORIZE, "created", "credits", "image")),
    Assumption("svg", "vectorize gives an SVG file", GUIDE, checks.is_svg),
)  # fmt: skip

REFUSED = (
    Assumption("bad-size", "a size of no model is 400 with code invalid_request_parameter and message", READ,
               checks.coded_refusal(calls.BAD_SIZE, "invalid_request_parameter")),
    Assumption("request-id-of-a-refusal", "a 400 has the header x-recraft-requestid, a UUID", GUESS,
               checks.named_by_a_uuid(calls.BAD_SIZE)),
    Assumption("bad-size-read", "the package raises InvalidRequestError for it", READ,
               checks.raises(calls.BAD_SIZE, "InvalidRequestError")),
    Assumption("long-prompt", "a prompt above 10,000 characters is 400, invalid_request_parameter", MEASURED,
               checks.coded_refusal(calls.LONG_PROMPT, "invalid_request_parameter")),
    Assumption("flash-with-style", "Flash refuses a curated style: 400, invalid_request_parameter", GUESS,
               checks.coded_refusal(calls.STYLED_FLASH, "invalid_request_parameter")),
    Assumption("flash-with-negative-prompt", "Flash refuses negative_prompt: 400, invalid_request_parameter", GUESS,
               checks.coded_refusal(calls.NEGATIVE_FLASH, "invalid_request_parameter")),
    Assumption("balance", "the balance falls by what the answers report", GUIDE,
               checks.balance_fell_by_what_was_reported),
    Assumption("rate-limit", "a 429 has the code rate_limit_exceeded and no Retry-After", MEASURED,
               checks.rate_limit_answers),
)  # fmt: skip

UNREACHABLE = (
    Assumption("empty-balance", "an empty balance is 400 with code not_enough_credits", MEASURED,
               checks.empty_balance_answers),
    Assumption("wrong-kind-of-model", "a raster model on generations/vector is 400, invalid_image_type", MEASURED,
               out_of_reach("costs up to 80 units where it is not refused")),
    Assumption("prices-of-large-models", "the prices of V2, V3, V4, V4.1, Styles and Pro models", READ,
               out_of_reach("22 to 300 units an image")),
    Assumption("explore", "what explore and explore/similar cost", GUESS, out_of_reach("the price is not known")),
    Assumption("large-tools", "creativeUpscale costs 250 units, refineDetails 210", READ,
               out_of_reach("beyond the limit of a run")),
    Assumption("url-ends", "an image's URL stops working after about 24 hours", GUIDE,
               out_of_reach("needs a second run a day later")),
    Assumption("images-per-minute", "100 images a minute are the other limit", READ,
               out_of_reach("beyond the limit of a run")),
    Assumption("server-errors", "what 402, 413, 415, 422 and 5xx look like", GUESS,
               out_of_reach("nobody knows how to bring them about")),
)  # fmt: skip

ASSUMPTIONS = FREE + PAID + REFUSED + UNREACHABLE
EXPECTED_UNITS = sum(assumption.units for assumption in ASSUMPTIONS)
