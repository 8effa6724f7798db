"""
Recognises addresses of cryptocurrencies by their checksum.

Base58Check: the Bitcoin wiki; bech32 and bech32m: BIP 173 and BIP 350; Ethereum's capital letters: EIP-55; Monero: its
wiki (CryptoNote addresses).
"""

import re
from hashlib import sha256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
# The first bytes of what an address of 25 bytes (26 for Zcash) is made from.
_COINS = {b"\x00": "Bitcoin", b"\x05": "Bitcoin", b"\x30": "Litecoin", b"\x32": "Litecoin", b"\x1e": "Dogecoin"}
_COINS |= {b"\x4c": "Dash", b"\x1c\xb8": "Zcash", b"\x1c\xbd": "Zcash"}
_SEGWIT = {"bc": "Bitcoin", "ltc": "Litecoin"}
_ETHEREUM = re.compile(r"0x[0-9a-fA-F]{40}")
# Eleven letters are eight bytes; a shorter last group is fewer.
_MONERO_BYTES = {11: 8, 7: 5}
_MASK = (1 << 64) - 1
# Turns of the lanes in Keccak-f[1600], in the order in which `_permuted` visits them.
_TURNS = (1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44)
_LANES = (10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1)


def currency(address: str) -> str | None:
    """Return the cryptocurrency of `address`, None if it is not a well-formed address of any."""
    if _ETHEREUM.fullmatch(address):
        return "Ethereum" if _is_ethereum(address) else None
    prefix = address.lower().partition("1")[0]
    if prefix in _SEGWIT:
        return _SEGWIT[prefix] if _is_bech32(address) else None
    if len(address) in (95, 106):
        return "Monero" if _is_monero(address) else None
    return _base58_coin(address)


def keccak256(content: bytes) -> bytes:
    """Return Keccak-256 of `content`: SHA-3 before it became a standard, which `hashlib` does not have."""
    rate = 136
    padded = bytearray(content + b"\x01" + bytes(-(len(content) + 1) % rate))
    padded[-1] |= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), rate):
        for lane in range(rate // 8):
            lanes[lane] ^= int.from_bytes(padded[start + lane * 8 : start + lane * 8 + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(lanes: list[int]) -> list[int]:
    """Return Keccak-f[1600] of 25 lanes of 64 bits."""
    register = 1
    for _ in range(24):
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [columns[(x + 4) % 5] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
        lanes = [lane ^ mixed[index % 5] for index, lane in enumerate(lanes)]
        carried = lanes[1]
        for place, turn in zip(_LANES, _TURNS, strict=True):
            lanes[place], carried = _turned(carried, turn), lanes[place]
        lanes = [
            lanes[row + x] ^ (~lanes[row + (x + 1) % 5] & lanes[row + (x + 2) % 5])
            for row in range(0, 25, 5)
            for x in range(5)
        ]
        for bit in range(7):
            if register & 1:
                lanes[0] ^= 1 << ((1 << bit) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
    return lanes


def _turned(lane: int, turn: int) -> int:
    return ((lane << turn) | (lane >> (64 - turn))) & _MASK


def _is_ethereum(address: str) -> bool:
    """Return whether the capitals agree with EIP-55; a single case means that there is no checksum."""
    digits = address[2:]
    if digits in (digits.lower(), digits.upper()):
        return len(set(digits.lower())) > 4
    digest = keccak256(digits.lower().encode()).hex()
    return all(
        letter.isdigit() or letter.isupper() == (int(mark, 16) >= 8)
        for letter, mark in zip(digits, digest[:40], strict=True)
    )


def _is_bech32(address: str) -> bool:
    prefix, _, rest = address.lower().rpartition("1")
    if address not in (address.lower(), address.upper()) or not 14 <= len(address) <= 90 or len(rest) < 8:
        return False
    if not set(rest) <= set(_BECH32):
        return False
    values = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = 1
    for value in values + [_BECH32.index(letter) for letter in rest]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check == (1 if rest[0] == "q" else 0x2BC830A3)


def _base58_coin(address: str) -> str | None:
    content = _base58(address, 25) or _base58(address, 26)
    if content is None or sha256(sha256(content[:-4]).digest()).digest()[:4] != content[-4:]:
        return None
    return _COINS.get(content[: len(content) - 24])


def _base58(written: str, length: int) -> bytes | None:
    """Return the `length` bytes that `written` encodes, None if it does not; each leading 1 is a zero byte."""
    content = _base58_bytes(written, length)
    if content is None:
        return None
    zeros = len(content) - len(content.lstrip(b"\0"))
    return content if zeros == len(written) - len(written.lstrip("1")) else None


def _is_monero(address: str) -> bool:
    content = b""
    for start in range(0, len(address), 11):
        group = address[start : start + 11]
        part = _base58_bytes(group, _MONERO_BYTES[len(group)])
        if part is None:
            return False
        content += part
    return content[0] in (18, 19, 42) and keccak256(content[:-4])[:4] == content[-4:]


def _base58_bytes(written: str, length: int) -> bytes | None:
    """Return the number with the digits `written` as `length` bytes; None if a digit is invalid or it is too large."""
    number = 0
    for letter in written:
        digit = _BASE58.find(letter)
        if digit < 0:
            return None
        number = number * 58 + digit
    return number.to_bytes(length, "big") if number < 1 << (8 * length) else None
