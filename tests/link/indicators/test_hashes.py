"""Only hashes of files are hashes: the words before other fingerprints tell them apart."""

import pytest

from incidex.link.indicators.hashes import is_other_hash


@pytest.mark.parametrize(
    "before",
    [
        "imphash: ",
        "IMPHASH=",
        "The sample has the import hash ",
        "JA3S ",
        "| Rich header hash | ",
        "NTLM hash of the account: ",
        "with the serial number ",
        "its AES key is ",
        "MD5: d4c3f5a61b0e9f7788aa12bb34cc56dd, imphash: ",
    ],
)
def test_words_that_name_something_else(before: str) -> None:
    assert is_other_hash(before)


@pytest.mark.parametrize(
    "before",
    [
        "MD5: ",
        "The SHA-256 hash is ",
        "The imphash is known. The MD5 is ",
        "imphash: 18ddf28a71089acdbab5038f58044c0a, MD5: ",
        "of the committee's file ",
        "JA3 is used\n",
        "",
    ],
)
def test_words_that_do_not(before: str) -> None:
    assert not is_other_hash(before)
