"""The search index finds every substring and nothing that is not one."""

from hypothesis import given
from hypothesis import strategies as st

from tipline.kit.grams import folded, grams, runs, wanted

WORDS = st.text(st.sampled_from("低保错漏人情关系王李０1aB －，。 "), max_size=40)


@given(WORDS, st.data())
def test_every_cut_of_a_text_is_among_its_candidates_and_is_confirmed(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = text[start:end]
    assert wanted(cut) <= grams(text)
    assert all(run in folded(text) for run in runs(cut))


def test_one_character_and_full_width_are_found():
    assert wanted("王") == {"王"}
    assert wanted("ＸＳ2018") <= grams("xs2018-0001")
