from collections import Counter
from random import Random

from consultations.questionnaires.drawing import Draw, asked, choosable, choose, draw
from tests.questionnaires.ten_minutes import EIDS, ten_minutes


def test_a_draw_takes_as_many_as_it_should_in_the_order_of_the_draft():
    form = ten_minutes()
    drawn = draw(form, positions="all", in_depth=3, randomness=Random(5))

    assert drawn.positions == EIDS
    assert len(drawn.in_depth) == 3
    assert sorted(drawn.in_depth, key=EIDS.index) == list(drawn.in_depth)


def test_every_provision_has_the_same_chance():
    form = ten_minutes()
    randomness = Random(11)
    counts = Counter(
        eid
        for _ in range(3_000)
        for eid in draw(form, positions="all", in_depth=2, randomness=randomness).in_depth
    )

    assert set(counts) == set(EIDS)
    assert all(abs(count - 600) < 110 for count in counts.values())  # five standard deviations


def test_what_was_given_and_what_was_chosen_are_told_apart():
    form = ten_minutes()
    drawn = Draw(EIDS, ("art_1", "art_2"))

    more = choose(drawn, "art_9")

    assert (more.in_depth, more.chosen) == (("art_1", "art_2"), ("art_9",))
    assert "art_9_effect" in {each.name for each in asked(form, more)}
    assert "art_9_effect" not in {each.name for each in asked(form, drawn)}
    assert choosable(form, more) == ("art_3", "art_4", "art_5", "art_6", "art_7", "art_8", "art_10")


def test_a_draw_survives_the_sealed_form():
    drawn = Draw(("art_1",), ("art_2",), ("art_3",))

    assert Draw.from_json(drawn.to_json()) == drawn


def test_in_depth_is_about_a_provision_whose_position_is_asked() -> None:
    whole = ten_minutes()
    for seed in range(20):
        drawn = draw(whole, positions=3, in_depth=2, randomness=Random(seed))
        assert set(drawn.in_depth) <= set(drawn.positions)


def test_the_order_stays_the_same_through_the_sealed_form():
    drawn = draw(ten_minutes(), positions="all", in_depth=2, randomness=Random(4))
    again = Draw.from_json(drawn.to_json())

    assert again == drawn
    assert again.shuffled("abcdefgh", "x") == drawn.shuffled("abcdefgh", "x")
    assert again.shuffled("abcdefgh", "y") != drawn.shuffled("abcdefgh", "x")
