"""What is shown of scores."""

from math import fsum

import pytest

from matching.scoring.scale import (
    LEAST_POINTS,
    MOST,
    Band,
    band_of,
    least_score_of,
    score_with,
    share_that_fits,
    shown,
    shown_parts,
    shown_points,
)
from matching.scoring.weights import FORMULAS

VERSION = "v4-use-0.2.1/i1.5bc0f2-9a1b2c3d"


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_the_share_rises_with_the_score_and_is_a_half_in_the_middle(formula):
    shares = [share_that_fits(score / 100, formula) for score in range(101)]
    assert shares == sorted({*shares})
    assert share_that_fits(formula.fit_middle, formula) == MOST / 2
    assert (0 < shares[0] < 0.01, 0.94 < shares[-1] < MOST) == (True, True)
    assert [score_with(share, formula) for share in shares[20:60]] == pytest.approx([i / 100 for i in range(20, 60)])


def test_what_is_shown_goes_by_the_version_that_made_the_score():
    of_v3 = share_that_fits(0.45, FORMULAS["v3"])
    assert [shown(0.45, version) for version in ("v3-use-9a", "v3.2-use-9a+p00c0ffee", "v99-use-9a", "")] == [
        *[of_v3] * 2,
        # A formula that the code no longer has: as it was stored.
        *[0.45] * 2,
    ]
    assert shown_points(0.45, "v3-use-9a") == round(100 * of_v3)
    assert shown(0.0, VERSION) == 0.0


def test_bands_begin_at_their_points():
    assert [band_of(points) for points in (0, 6, 7, 39, 40, 74, 75, 100)] == [
        *[Band.WEAK] * 2,
        *[Band.POSSIBLE] * 2,
        *[Band.LIKELY] * 2,
        *[Band.STRONG] * 2,
    ]


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("band", [Band.POSSIBLE, Band.LIKELY, Band.STRONG])
def test_the_least_score_of_a_band_is_where_its_points_begin(name, band):
    least = least_score_of(band, FORMULAS[name])
    points = [shown_points(score, name) for score in (least - 1e-6, least + 1e-6)]
    assert points == [LEAST_POINTS[band] - 1, LEAST_POINTS[band]]


def part(weight, value):
    return {"weight": weight, "contribution": weight * value}


def test_parts_give_their_share_of_what_is_shown_and_keep_back_the_rest():
    components = [part(0.6, 0.5), part(0.2, 1.0), part(0.2, 0.0)]
    given, could_give = shown_parts(components, 0.5, "v4")
    share = shown(0.5, "v4")
    assert given == pytest.approx([0.6 * share, 0.4 * share, 0.0])
    assert could_give == pytest.approx([0.6 * share + 0.6 * (1 - share), 0.4 * share, 0.4 * (1 - share)])
    assert (fsum(given), fsum(could_give)) == pytest.approx((share, 1.0))


def test_parts_of_an_unknown_version_are_shown_as_they_are_stored():
    components = [part(0.5, 0.8), part(0.2, 0.5)]
    assert shown_parts(components, 0.5, "") == ([0.4, 0.1], [0.5, 0.2])


def test_a_score_of_nothing_and_a_full_one_have_parts_too():
    assert shown_parts([part(1.0, 0.0)], 0.0, "v4") == ([0.0], [1.0])
    given, could_give = shown_parts([part(1.0, 1.0)], 1.0, "v4")
    assert given == could_give == [shown(1.0, "v4")]
