"""A folder of checkpoints belongs to one training."""

import pytest

from incidex.errors import InputError
from incidex_training.runs import reserve

FROM = {"seeds": [1, 2], "settings": {"epochs": 6, "prose_words": (120, 900)}, "data": {"train": "ab"}}


def test_the_same_training_goes_on(tmp_path):
    for _ in range(2):
        reserve(tmp_path / "runs", FROM)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"seeds": [1]}, "seeds changed"),
        ({"settings": {"epochs": 5, "prose_words": (120, 900)}}, "settings.epochs changed"),
        ({"data": {"train": "ab", "articles": "cd"}}, "data.articles changed"),
        ({"seeds": [3], "data": {"train": "cd"}}, "data.train, seeds changed"),
    ],
)
def test_another_training_is_refused_and_told_what_differs(tmp_path, changed, named):
    reserve(tmp_path, FROM)
    with pytest.raises(InputError, match=named):
        reserve(tmp_path, FROM | changed)
    reserve(tmp_path, FROM)


def test_checkpoints_of_unknown_origin_are_refused(tmp_path):
    (tmp_path / "teacher-1.pt").write_bytes(b"weights")
    with pytest.raises(InputError, match="no made-from.json"):
        reserve(tmp_path, FROM)
