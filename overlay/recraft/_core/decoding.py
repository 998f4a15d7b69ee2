"""JSON whose images in base64 are decoded while it comes in: not as text, as a string and as bytes all at once."""

from __future__ import annotations

import binascii
import functools
import re
import secrets
from collections.abc import Callable

from .._base64 import Encoded
from .._spool import Growing, whole

_KEY = re.compile(rb'"b64_json"[ \t\r\n]*:[ \t\r\n]*"')

#: How far before the end of what came a key may have begun.
_LONGEST_KEY = 64


@functools.cache
def decoder() -> Callable[[memoryview], bytes]:
    """What decodes base64 and raises binascii.Error for what an encoder does not write: where the extra `fast` is
    installed, a decoder that uses the vector instructions of the processor.
    """
    try:
        from pybase64 import b64decode
    except ImportError:
        return functools.partial(binascii.a2b_base64, strict_mode=True)
    return functools.partial(b64decode, validate=True)


class Decoding:
    """`text` is the JSON, with a stand-in for each image; `found` has the images by their stand-ins.

    What is not base64 as an encoder writes it stays in the text. The images are kept in files of the folder `spool`
    where there is one.
    """

    def __init__(self, spool: str | None = None) -> None:
        self._spool = spool
        self.text = bytearray()
        self.found: dict[str, Encoded] = {}
        self._mark = secrets.token_hex(16)
        self._searched = 0
        self._image: Growing | None = None  # the one that is coming in
        self._odd = b""  # up to three characters of it
        self._last = b""  # the last four before these

    def take(self, data: bytes) -> None:
        while data:
            data = self._read_text(data) if self._image is None else self._read_image(self._image, data)

    def end(self) -> None:
        """The answer is over. An image that is not stays as it came."""
        if self._image is not None:
            self._leave(self._image)

    def restored(self) -> bytes:
        """The JSON as it came."""
        return re.sub(rb"%s-\d+" % self._mark.encode(), lambda match: self._original(match[0]), bytes(self.text))

    def _original(self, stand_in: bytes) -> bytes:
        return self.found[stand_in.decode()].text.encode()

    def _read_text(self, data: bytes) -> bytes:
        """Take it up to where an image begins; what is left."""
        self.text += data
        found = _KEY.search(self.text, self._searched)
        if found is None:
            self._searched = max(self._searched, len(self.text) - _LONGEST_KEY)
            return b""
        self._searched = found.end()
        rest = bytes(self.text[found.end() :])
        del self.text[found.end() :]
        self._image, self._odd, self._last = Growing(self._spool), b"", b""
        return rest

    def _read_image(self, image: Growing, data: bytes) -> bytes:
        """Decode it up to where the image ends; what is left."""
        end = data.find(b'"')
        piece = self._odd + (data if end < 0 else data[:end])
        count = len(piece) & ~3
        self._odd = piece[count:]
        try:
            if count:
                self._check_end(piece[count - 4 : count])
                with memoryview(piece) as view:
                    image.write(decoder()(view[:count]))
        except binascii.Error:
            self._odd = piece
            self._leave(image)
            return data[len(data) if end < 0 else end :]
        if end < 0:
            return b""
        if self._odd or not self._last:
            self._leave(image)
        else:
            stand_in = f"{self._mark}-{len(self.found)}"
            self.found[stand_in] = Encoded(image.whole())
            self.text += stand_in.encode()
            self._image = None
        return data[end:]

    def _check_end(self, last: bytes) -> None:
        """Refuse what comes after padding, and padding that the same bytes would not be written with."""
        if self._last.endswith(b"="):
            raise binascii.Error
        if last.endswith(b"=") and binascii.b2a_base64(binascii.a2b_base64(last), newline=False) != last:
            raise binascii.Error
        self._last = last

    def _leave(self, image: Growing) -> None:
        """Put an image back into the text: as it came."""
        self.text += binascii.b2a_base64(whole(image.whole()), newline=False) + self._odd
        self._searched, self._image = len(self.text), None
