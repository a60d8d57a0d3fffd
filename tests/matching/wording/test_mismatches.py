"""What a list says of a match that lacks something."""

import pytest
from django.utils.translation import override

from matching.models import Demand, Match, Technology
from matching.wording.mismatches import mismatches

FITS = {
    "field": {"need": "metals", "offer": "metals"},
    "readiness": {"wanted": 6, "offered": 6},
    "transfer_modes": {"need": ["licence"], "offer": ["licence"], "shared": ["licence"]},
}


def match_with(direction: str = "ru_kr", **evidence: dict[str, object]) -> Match:
    components = [{"code": "meaning", "evidence": {}}, {"code": "unheard_of", "evidence": {}}]
    components += [{"code": code, "evidence": told} for code, told in (FITS | evidence).items()]
    technology = Technology(direction=direction)
    return Match(demand=Demand(), technology=technology, components=components)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"field": {"need": "metals", "offer": "it"}}, ["another field: Information technology"]),
        ({"readiness": {"wanted": 8, "offered": 6}}, ["TRL 6 instead of 8"]),
        ({"readiness": {"wanted": 8, "offered": None, "missing": "offer"}}, []),
        (
            {"transfer_modes": {"need": ["licence"], "offer": ["equipment_import", "joint_development"], "shared": []}},
            ["offered only as: Equipment import, Joint development"],
        ),
        ({"direction": "kr_ru"}, ["direction: Case 2: Korea → Russia"]),
    ],
)
def test_only_stated_mismatches_are_told(changed, told):
    with override("en"):
        assert list(map(str, mismatches(match_with(**changed)))) == told
