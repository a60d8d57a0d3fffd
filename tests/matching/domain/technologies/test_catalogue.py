import pytest

from matching.domain.technologies.catalogue import EXCERPT_CHARACTERS, Lineage, excerpt, lineage
from matching.scoring.language.text import highlight
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory

FILLER = "слово " * 100


def test_excerpt_keeps_a_short_text_whole():
    pieces = highlight("провод из сплава", ["провод"])

    assert excerpt(pieces) == [("провод", True), (" из сплава", False)]


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        (f"провод {FILLER}", "провод слово", "слово …"),
        (f"{FILLER}провод {FILLER}", "… слово", "слово …"),
        (f"{FILLER}провод", "… слово", "слово провод"),
    ],
)
def test_excerpt_is_cut_between_words_around_the_mark(text, starts, ends):
    pieces = excerpt(highlight(text, ["провод"]))
    shown = "".join(piece for piece, _ in pieces)

    assert ("провод", True) in pieces
    assert shown.startswith(starts)
    assert shown.endswith(ends)
    assert len(shown) <= EXCERPT_CHARACTERS + 10
    assert set(shown.split()) <= {"…", "слово", "провод"}


def test_excerpt_without_spaces_is_still_cut():
    assert len("".join(piece for piece, _ in excerpt([("가" * 3000, False)]))) <= EXCERPT_CHARACTERS + 10


def test_excerpt_far_from_a_space_keeps_the_mark():
    text = "가" * 1000 + "나무" + "가" * 1000

    pieces = excerpt([(text[:1000], False), ("나무", True), (text[1002:], False)])

    assert ("나무", True) in pieces


@pytest.mark.django_db
def test_lineage_counts_requests_and_introductions():
    technology = IntroductionFactory().match_request.technology
    MatchRequestFactory(technology=technology)
    MatchRequestFactory()

    assert lineage(technology) == Lineage(request_count=2, introduction_count=1)
