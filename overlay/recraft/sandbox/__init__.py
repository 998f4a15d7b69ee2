"""An offline stand-in for the Recraft Images API that runs inside your own tests.

    from recraft.sandbox import Sandbox

    with Sandbox() as sandbox:
        client = Recraft(sandbox.token, base_url=sandbox.base_url)

It follows the shipped spec, draws real pictures, keeps an account with units and rate limits, and goes wrong on demand
(`Fault`, `FaultPlan`). Needs the extra: `pip install 'recraft-sdk[sandbox]'`.
"""

try:
    import PIL as _pil  # noqa: F401
    import python_multipart as _multipart  # noqa: F401
except ImportError as error:
    message = f"recraft.sandbox needs the package {error.name}: pip install 'recraft-sdk[sandbox]'"
    raise ImportError(message, name=error.name) from error

from recraft.sandbox.faults import Fault, FaultPlan
from recraft.sandbox.ledger import Charge, Ledger, Received
from recraft.sandbox.sandbox import Sandbox
from recraft.sandbox.transport import SandboxTransport

__all__ = ["Charge", "Fault", "FaultPlan", "Ledger", "Received", "Sandbox", "SandboxTransport"]
