"""Passwords are hashed as RFC 9106 recommends, and checked."""

from incidex.store.passwords import hashed_password, is_right


def test_a_password_is_hashed_with_argon2id_in_64_megabytes() -> None:
    hashed = hashed_password("mora", "correct horse battery")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert is_right(hashed, "correct horse battery")
    assert not is_right(hashed, "Correct horse battery")
    assert not is_right(hashed, "correct horse battery" * 20)
    assert not is_right(None, "correct horse battery")
    assert not is_right("no hash", "correct horse battery")
