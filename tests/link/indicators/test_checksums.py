"""Addresses of crypto-currencies: those of the standards themselves, and the same with one letter changed."""

import pytest

from incidex.link.indicators.checksums import currency, keccak256


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "Bitcoin", id="the first one of all"),
        pytest.param("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "Bitcoin", id="BIP 173, capitals"),
        pytest.param("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "Bitcoin", id="BIP 350"),
        pytest.param("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "Ethereum", id="EIP-55"),
        pytest.param("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "Ethereum", id="without a check sum"),
        pytest.param("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", None, id="one capital too many"),
        pytest.param("0x0000000000000000000000000000000000000000", None, id="a placeholder"),
        pytest.param("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", None, id="one letter changed"),
        pytest.param("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", None, id="one letter of bech32 changed"),
        pytest.param("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4", None, id="both cases"),
        pytest.param("3MinusTheLetterOh0000000000000000", None, id="a letter that base 58 does not have"),
    ],
)
def test_currency(address: str, expected: str | None) -> None:
    assert currency(address) == expected


def test_keccak_is_not_sha_3() -> None:
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"


def test_more_than_one_block_is_hashed() -> None:
    assert len({keccak256(b"a" * length) for length in (135, 136, 137, 272)}) == 4
