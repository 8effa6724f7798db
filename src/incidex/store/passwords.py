"""Hashes passwords with argon2id, says which are good enough, and checks them."""

from incidex.errors import InputError

SHORTEST, LONGEST = 12, 256
# In how many different characters a password has to be written at least.
_LEAST_DIFFERENT = 5


def hashed_password(name: str, password: str) -> str:
    """Return the hash of a new password. Raises InputError if it is too short, too long or easily guessed."""
    from argon2 import PasswordHasher

    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"The password has {len(password)} characters.\n"
            f"Give it {SHORTEST} to {LONGEST}: four words that have nothing to do with each other will do."
        )
    plain = password.casefold()
    if len(set(plain)) < _LEAST_DIFFERENT or name.casefold() in plain or "incidex" in plain:
        raise InputError(
            "The password is easily guessed: it has the name of the account or of the program in it, "
            "or hardly any different characters.\nChoose another one."
        )
    return PasswordHasher().hash(password)


def is_right(hashed: str | None, password: str) -> bool:
    """Return whether a password is the one of `hashed`; without one it takes the same time to say no."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    if len(password) > LONGEST:
        return False
    hasher = PasswordHasher()
    if hashed is None:
        hasher.hash(password)
        return False
    try:
        return hasher.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False
