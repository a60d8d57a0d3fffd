"""Texts that nobody should write and somebody does, each through index, score and search with the real encoder."""

import pytest
from django.test import Client

from matching.domain.finding import search
from matching.domain.runs.scoring_progress import scoring_state
from matching.enums import Audience, DisclosureLevel
from matching.models import Demand, IndexRecord, Match, Technology
from matching.models.match import worth_reading
from tests.factories.demand import DemandFactory
from tests.factories.membership import MembershipFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db

SORBENT = "Магнитный сорбент извлекает ионы никеля и хрома из промывных вод гальванических цехов."
WANTED = "도금 세척수에서 니켈과 크롬을 자석으로 걷어내는 흡착제가 필요합니다."
NO_WORDS = "no words that could be compared"
NO_SCRIPT = "in a language that cannot be compared here"
# Text → what the page of its demand says when nothing fits; None where something does.
NEEDS = {
    "empty": (" \n\t ", NO_WORDS),
    "one letter": ("a", "The text is very short"),
    "emoji": ("😀🧲🔥 ❤️‍🔥 👩🏽‍🔬", NO_WORDS),
    "numbers": ("12 34 --- 5.6 %", NO_WORDS),
    "unseen": ("\u200b\u200e\u0007\ufeff", NO_WORDS),
    "georgian": ("გვჭირდება მაგნიტური სორბენტი ნიკელის იონების ამოსაღებად წყლიდან", NO_SCRIPT),
    "amharic": ("ከውሃ ውስጥ ኒኬል ለማስወገድ መግነጢሳዊ ንጥረ ነገር እንፈልጋለን", NO_SCRIPT),
    "mixed scripts": (f"{WANTED} Нужен магнитный сорбент. We need a magnetic sorbent. 需要磁性吸附剂 🧲", None),
    "100,000 characters": ((WANTED + " ") * (100_000 // (len(WANTED) + 1) + 1), None),
    "html": (f"<p>{WANTED}</p><script>alert('x')</script><img src=x onerror=alert(1)>&nbsp;&lt;b&gt;", None),
    "one long word": ("니켈" * 5_000, None),
    "no such character": (f"{WANTED} &#{'9' * 5_000};", None),
    "half of a pair": (f"{WANTED} \ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), None),
}
# Of these the words about the sorbent are left.
READABLE = ("mixed scripts", "100,000 characters", "html", "no such character", "half of a pair")


def technology(text: str) -> Technology:
    fields = {"title": text[:300] or "-", "summary": "", "description": text, "advantages": "", "sought": ""}
    return TechnologyFactory(
        disclosure=DisclosureLevel.PUBLIC, **{f"text__{name}": value for name, value in fields.items()}
    )


def test_any_demand_is_scored_and_its_page_says_what_came_of_it(client: Client) -> None:
    technology(SORBENT)
    member = MembershipFactory()
    demands = {
        name: DemandFactory(organisation=member.organisation, title="-", problem=text, wanted_result="", field="")
        for name, (text, _) in NEEDS.items()
    }
    sweep()
    assert {name: demand.problem for name, demand in Demand.objects.in_bulk().items()} == {
        demand.id: NEEDS[name][0] for name, demand in demands.items()
    }
    client.force_login(member.user)
    for name, demand in demands.items():
        says = NEEDS[name][1]
        page = client.get(f"/demands/{demand.pk}/", headers={"accept-language": "en"}).content.decode()
        found = Match.objects.filter(worth_reading(), demand=demand).count()
        assert (name, scoring_state(demand), bool(says and (found or says not in page))) == (name, "ready", False)
        assert (name, "<script>alert" in page, "<img src=x" in page) == (name, False, False)


def test_what_can_be_read_in_a_bad_text_is_found() -> None:
    fits = technology(SORBENT)
    technology("Закваска для кисломолочных продуктов с живыми бактериями.")
    demands = {name: DemandFactory(title="-", problem=NEEDS[name][0], wanted_result="", field="") for name in READABLE}
    sweep()
    best = {name: Match.objects.filter(demand=demand).ranked().first() for name, demand in demands.items()}
    assert {name: match and match.technology_id for name, match in best.items()} == dict.fromkeys(READABLE, fits.id)


def test_any_technology_is_indexed_and_hides_no_other() -> None:
    odd = [technology(text) for text, _ in NEEDS.values()]
    fits = technology(SORBENT)
    demand = DemandFactory(title="도금 폐수", problem=WANTED, wanted_result="")
    sweep()
    records = IndexRecord.objects.filter(technology__in=odd)
    assert set(records.values_list("technology", "revision", "failures")) == {(row.id, 1, 0) for row in odd}
    assert fits.id in Match.objects.filter(demand=demand).values_list("technology_id", flat=True)
    hits = search.search_technologies(query="сорбент", audience=Audience.PUBLIC, within=Technology.objects.published())
    assert fits.id in {hit.technology_id for hit in hits}


def test_any_query_is_answered(client: Client) -> None:
    fits = technology(SORBENT)
    sweep()
    for name, (text, says) in NEEDS.items():
        hits = search.search_technologies(query=text, audience=Audience.PUBLIC, within=Technology.objects.published())
        # What no encoder knows is not found "by meaning": what lies near such a text lies there by chance.
        assert (name, {hit.technology_id for hit in hits} <= (set() if says else {fits.id})) == (name, True)
        response = client.get("/technologies/", {"q": text[:2_000]}, headers={"accept-language": "en"})
        assert (name, response.status_code) == (name, 200)
