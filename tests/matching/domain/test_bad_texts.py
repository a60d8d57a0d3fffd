"""Texts that nobody should write and somebody does, each through index, score and search with the real encoder."""

import pytest
from django.test import Client

from matching.domain import search, sweeping
from matching.domain.queries import scoring_state
from matching.enums import Audience, DisclosureLevel
from matching.models import Demand, IndexRecord, Match, Technology
from tests.factories.demand import DemandFactory
from tests.factories.membership import MembershipFactory
from tests.factories.technology import TechnologyFactory

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
    "half of a pair": (f"{WANTED} \ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), None),
}


def sweep() -> None:
    while sweeping.sweep_technologies() or sweeping.sweep_needs():
        pass


def technology(text: str) -> Technology:
    fields = {"title": text[:300] or "-", "summary": "", "description": text, "advantages": "", "sought": ""}
    return TechnologyFactory(
        disclosure=DisclosureLevel.PUBLIC, **{f"text__{name}": value for name, value in fields.items()}
    )


@pytest.mark.parametrize("name", NEEDS)
def test_any_demand_is_scored_and_its_page_says_what_came_of_it(name: str, client: Client) -> None:
    text, says = NEEDS[name]
    fits = technology(SORBENT)
    member = MembershipFactory()
    demand = DemandFactory(organisation=member.organisation, title="-", problem=text, wanted_result="", field="")
    sweep()
    assert (scoring_state(demand), Demand.objects.get().problem) == ("ready", text)
    assert IndexRecord.objects.get(demand=demand).revision == demand.revision
    client.force_login(member.user)
    page = client.get(f"/demands/{demand.pk}/", headers={"accept-language": "en"}).content.decode()
    found = list(Match.objects.filter(demand=demand).values_list("technology_id", flat=True))
    if says is None:
        assert (found in ([fits.id], []), "<script>alert" in page, "<img src=x" in page) == (True, False, False)
    else:
        assert (found, says in page) == ([], True)


@pytest.mark.parametrize(
    "name", [name for name, (_, says) in NEEDS.items() if says is None and name != "one long word"]
)
def test_what_can_be_read_in_a_bad_text_is_found(name: str) -> None:
    demand = DemandFactory(title="-", problem=NEEDS[name][0], wanted_result="", field="")
    fits, other = technology(SORBENT), technology("Закваска для кисломолочных продуктов с живыми бактериями.")
    sweep()
    best = Match.objects.filter(demand=demand).ranked().first()
    assert best and best.technology_id == fits.id != other.id


@pytest.mark.parametrize("name", NEEDS)
def test_any_technology_is_indexed_and_hides_no_other(name: str) -> None:
    odd, fits = technology(NEEDS[name][0]), technology(SORBENT)
    demand = DemandFactory(title="도금 폐수", problem=WANTED, wanted_result="")
    sweep()
    assert IndexRecord.objects.get(technology=odd).revision == odd.revision
    assert (fits.id in Match.objects.filter(demand=demand).values_list("technology_id", flat=True)) is True
    hits = search.search_technologies(query="сорбент", audience=Audience.PUBLIC, within=Technology.objects.published())
    assert fits.id in {hit.technology_id for hit in hits}


@pytest.mark.parametrize("name", NEEDS)
def test_any_query_is_answered(name: str, client: Client) -> None:
    text, says = NEEDS[name]
    fits = technology(SORBENT)
    sweep()
    hits = search.search_technologies(query=text, audience=Audience.PUBLIC, within=Technology.objects.published())
    # What no encoder knows is not found "by meaning": what lies near such a text lies there by chance.
    assert {hit.technology_id for hit in hits} <= (set() if says else {fits.id})
    response = client.get("/technologies/", {"q": text[:2_000]}, headers={"accept-language": "en"})
    assert response.status_code == 200
