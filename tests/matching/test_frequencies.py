"""The rarity of words and names."""

from incidex.matching.frequencies import name_rarity, rarity


def test_rarity_falls_with_use() -> None:
    assert 0 <= rarity("the") < 0.01 < rarity("microsoft") < rarity("ransomware") < rarity("hospital") < 1
    assert rarity("quorvexian") == 1


def test_rarity_of_names_knows_pairs() -> None:
    assert name_rarity("patch tuesday") < name_rarity("adobe reader") < name_rarity("quorvex cargo") == 1
