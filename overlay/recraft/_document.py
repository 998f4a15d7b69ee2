"""Which document of the API the package speaks."""

from recraft_api.specification import SPEC_SHA256 as SPEC_SHA256
from recraft_api.specification import SPEC_VERSION as SPEC_VERSION
