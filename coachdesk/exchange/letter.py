"""An e-mail as a draft in a file (`.eml`), which a mail program opens ready to be sent. Nothing is sent from here."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_BODY_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def draft(subject: str, body: str, to: str | None = None) -> bytes:
    """The file. to: an address, or nothing where none is known; an address that is none is left out."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"                   # mail programs open it as a draft
    message["Subject"] = " ".join(_UNSEEN.sub(" ", subject).split())
    address = _address(to)
    if address is not None:
        message["To"] = address
    clean = _BODY_UNSEEN.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))
    message.set_content(clean, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _address(text: str | None) -> Address | None:
    try:
        return Address(addr_spec=text.strip()) if text and text.strip().isascii() else None
    except (ValueError, IndexError, MessageError):
        return None
