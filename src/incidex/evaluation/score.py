"""Precision, recall and F1, the figures that most scores come down to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 (each 0..1), and the number of gold labels, spans or links that they rest on."""

    precision: float
    recall: float
    f1: float
    support: int


def score_of(hits: int, claims: int, support: int) -> Score:
    """
    Return the score for `hits` right ones among `claims` predicted and `support` gold ones.

    Where nothing was predicted or nothing is there to be found, a figure is 0.
    """
    return Score(
        precision=hits / claims if claims else 0.0,
        recall=hits / support if support else 0.0,
        f1=2 * hits / (claims + support) if claims + support else 0.0,
        support=support,
    )
