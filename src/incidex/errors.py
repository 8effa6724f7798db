"""
The errors that a caller may want to catch.

IncidexError
├── InputError              a file, URL, folder or option that the user gave cannot be used
│   ├── UnreadableSource    the source is missing, empty, damaged, protected, too large or of an unknown kind
│   ├── FetchError          a URL could not be fetched, or may not be
│   ├── FormatError         a labelled or annotated file does not follow its format
│   ├── UnknownId           nothing in the store has the id
│   └── DecidedMeanwhile    somebody else has decided the same thing since it was looked at
├── StoreError              the store cannot be opened, is damaged, or was written by a newer version
├── BundleError             the model bundle is missing, damaged or too new
└── MissingExtra            a command needs packages that are not installed

Each message says what is wrong, where, and what to do about it. Any other exception is a bug in Incidex.
"""


class IncidexError(Exception):
    """The base class of all errors that Incidex raises on purpose."""


class InputError(IncidexError):
    """A file, URL, folder or option that the user gave cannot be used."""


class UnreadableSource(InputError):
    """A source is missing, empty, damaged, protected, too large or of an unknown kind."""


class FetchError(InputError):
    """A URL could not be fetched, or may not be."""


class FormatError(InputError):
    """A labelled or annotated file does not follow its format."""


class UnknownId(InputError):
    """Nothing in the store has the id."""


class DecidedMeanwhile(InputError):
    """
    Somebody else has decided the same thing since it was looked at.

    Attributes:
        number: The number of the decision that came in between.
        author: Who made it.
        made_at: When: UTC, ISO 8601.
    """

    def __init__(self, message: str, *, number: int, author: str, made_at: str) -> None:
        """Tell of the decision that came in between."""
        super().__init__(message)
        self.number = number
        self.author = author
        self.made_at = made_at


class StoreError(IncidexError):
    """The store cannot be opened, is damaged, or was written by a newer version."""


class BundleError(IncidexError):
    """The model bundle is missing, damaged or too new."""


class MissingExtra(IncidexError):
    """A command needs packages that are not installed."""
