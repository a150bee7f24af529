"""Numbers as bits as characters: the alphabet of base64url, digits of mixed radix, a checksum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""RFC 4648 section 5: neither quoting, XML, URLs nor trimming change any of these."""
LIMIT = 2**52
"""A product of radices stays below it, so that JavaScript's numbers hold it exactly."""
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


class NotOursError(ValueError):
    """Text that no `encode` wrote."""


def is_text(text: str) -> bool:
    """Whether all characters are of the alphabet."""
    return all(character in _VALUES for character in text)


def to_characters(value: int, count: int) -> str:
    """The lowest `count` × 6 bits of the value, highest first."""
    return "".join(ALPHABET[value >> 6 * place & 63] for place in reversed(range(count)))


def from_characters(text: str) -> int:
    """The inverse of `to_characters`."""
    value = 0
    for character in text:
        value = value << 6 | _VALUES[character]
    return value


def checksum(text: str) -> str:
    """CRC-32 (the one of zip) of ASCII text, in 6 characters."""
    return to_characters(crc32(text.encode("ascii")), 6)


def chunks(radices: Iterable[int]) -> list[tuple[list[int], int, int]]:
    """The radices in groups whose product is below the limit: (radices, product, bits it takes)."""
    groups: list[tuple[list[int], int, int]] = []
    group: list[int] = []
    product = 1
    for radix in radices:
        if group and product * radix > LIMIT:
            groups.append((group, product, (product - 1).bit_length()))
            group, product = [], 1
        group.append(radix)
        product *= radix
    if group:
        groups.append((group, product, (product - 1).bit_length()))
    return groups


def width(radices: Iterable[int]) -> int:
    """How many bits `BitWriter.pack` takes for digits of these radices, whatever their values."""
    return sum(bits for _, _, bits in chunks(radices))


class BitWriter:
    """Bits, highest first."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def put(self, value: int, bits: int) -> None:
        if bits:
            self._bits.append(format(value, f"0{bits}b"))

    def pack(self, digits: Sequence[tuple[int, int]]) -> None:
        """Digits as (value, radix); the first of a chunk counts least."""
        position = 0
        for group, _, bits in chunks(radix for _, radix in digits):
            number, weight = 0, 1
            for radix in group:
                number += digits[position][0] * weight
                weight *= radix
                position += 1
            self.put(number, bits)

    def text(self) -> str:
        """All bits as characters, filled up with zeros."""
        bits = "".join(self._bits)
        bits += "0" * (-len(bits) % 6)
        return "".join(ALPHABET[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


class BitReader:
    """Reads what a `BitWriter` wrote; raises `NotOursError` where it did not."""

    def __init__(self, text: str) -> None:
        self._bits = "".join(format(_VALUES[character], "06b") for character in text)
        self._at = 0

    def take(self, bits: int) -> int:
        end = self._at + bits
        if end > len(self._bits):
            raise NotOursError
        value = int(self._bits[self._at : end] or "0", 2)
        self._at = end
        return value

    def unpack(self, radices: Iterable[int]) -> list[int]:
        digits = []
        for group, product, bits in chunks(radices):
            number = self.take(bits)
            if number >= product:
                raise NotOursError
            for radix in group:
                number, digit = divmod(number, radix)
                digits.append(digit)
        return digits

    def end(self) -> None:
        """Nothing but the filling may be left."""
        rest = self._bits[self._at :]
        if len(rest) > 5 or "1" in rest:
            raise NotOursError
