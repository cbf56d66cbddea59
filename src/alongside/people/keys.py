"""Sealing what is somebody's own: a ring of keys apart from SECRET_KEY, from the database and from its backups.

A record is padded to a fixed length, so that its size says nothing, and sealed with AES-GCM (NIST SP 800-38D, 256 bits)
together with what it is about: table, column and id. Copied into another row it cannot be opened. The id of its key
stands in front, so that a ring can hold an older key beside the one that seals.

A ring is text: a line ``id:base64 of 32 bytes`` for each key; the last one seals.
"""

from __future__ import annotations

import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORM = b"\x01"
ID, NONCE, LENGTH, KEY = 8, 12, 4, 32
"""Bytes: id of a key, nonce, the length in front of what is sealed, a key."""
BLOCK = 2048
"""Every record is padded to the next multiple of so many bytes."""


class WrongKey(Exception):
    """There is no key, another one than the record was sealed with, or the record is not what it is said to be."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Keys by id; `current` is the id of the one that seals."""

    keys: Mapping[str, bytes]
    current: str


def ring() -> Ring:
    """The keys of this site. Raises `WrongKey` where there is none, or where a line is none."""
    return _read(settings.PRIVATE_KEYS)


def encrypt(plain: bytes, *, about: str) -> bytes:
    """Seal a record; `about` names table, column and id, and has to be said again to open it. Raises `WrongKey`."""
    held = ring()
    head = FORM + held.current.encode()
    nonce = secrets.token_bytes(NONCE)
    return head + nonce + AESGCM(held.keys[held.current]).encrypt(nonce, _padded(plain), head + about.encode())


def decrypt(sealed: bytes | memoryview, *, about: str) -> bytes:
    """What was sealed under the same `about`. Raises `WrongKey`."""
    head, nonce, text = _cut(bytes(sealed))
    key = ring().keys.get(head[len(FORM) :].decode("ascii", "replace"))
    if key is None or not head.startswith(FORM):
        raise WrongKey(f"no key for a record that was sealed with {head[len(FORM) :]!r}")
    try:
        padded = AESGCM(key).decrypt(nonce, text, head + about.encode())
    except InvalidTag:
        raise WrongKey("the record was sealed with another key, or about something else") from None
    length = int.from_bytes(padded[:LENGTH], "big")
    return padded[LENGTH : LENGTH + length]


def _padded(plain: bytes) -> bytes:
    whole = len(plain).to_bytes(LENGTH, "big") + plain
    return whole.ljust(-(-len(whole) // BLOCK) * BLOCK, b"\0")


def _cut(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    head = len(FORM) + ID
    return sealed[:head], sealed[head : head + NONCE], sealed[head + NONCE :]


@lru_cache(maxsize=4)
def _read(text: str) -> Ring:
    keys: dict[str, bytes] = {}
    for line in text.replace(",", " ").split():
        id_, _, encoded = line.partition(":")
        try:
            key = b64decode(encoded, validate=True)
        except NotBase64:
            key = b""
        if len(id_.encode()) != ID or len(key) != KEY or id_ in keys:
            raise WrongKey(f"a line of the private keys is none: it begins with {id_[:ID]!r}")
        keys[id_] = key
    if not keys:
        raise WrongKey("this site has no key for private records")
    return Ring(keys, id_)
