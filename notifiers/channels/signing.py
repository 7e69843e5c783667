"""Signatures that providers ask for: HMAC-SHA256 (RFC 2104), in Base64."""

from __future__ import annotations

import base64
import hashlib
import hmac


def signature(key: str | bytes, text: str | bytes) -> str:
    """Base64 of HMAC-SHA256 over ``text`` under ``key``; texts are taken in UTF-8."""
    secret = key.encode() if isinstance(key, str) else key
    content = text.encode() if isinstance(text, str) else text
    return base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
