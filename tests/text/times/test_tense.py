"""The verb nearest to a time says whether it is still to come."""

import pytest

from incidex.text.times.tense import looks_ahead


@pytest.mark.parametrize(
    ("marked", "ahead"),
    [
        ("It will ship on [Friday].", True),
        ("It said that it will ship on [Friday].", True),
        ("It will be patched on [Friday].", True),
        ("It is available to all who registered on [Friday].", False),
        ("It may have leaked on [Friday].", False),
        ("[Friday] brought rain.", False),
        ("On [Friday], it plans to vote.", True),
        ("It was gone. On [Friday], it will be back.", True),
        ("They gave the town until [Friday].", True),
        ("It ordered agencies to patch the flaw by [Friday].", True),
        ("Agencies were told to patch the flaw by the end of [Friday].", True),
        ("It had ordered agencies to patch the flaw by [Friday].", False),
        ("It ordered the patch on [Friday].", False),
        ("The flaw was ordered by [Friday].", False),
        ("The town, rich until [Friday]", None),
    ],
)
def test_looks_ahead(marked: str, ahead: bool | None) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert looks_ahead(marked.replace("[", "").replace("]", ""), start, end) is ahead
