"""Needs against technologies, through the real encoder and the database."""

from math import fsum

import pytest

from matching import embedding, tasks
from matching.domain import sweeping
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking, one_need
from matching.domain.matches.evidence import met_passages
from matching.domain.matches.feedback import mark_not_relevant
from matching.domain.matches.matchmaking import scorer_version
from matching.domain.needs.demands import set_preferences
from matching.domain.runs.scoring_progress import scoring_state
from matching.models import Demand, Feedback, Match, Technology
from matching.models.feedback import listed
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep, sweep_technologies

pytestmark = pytest.mark.django_db

# Twenty Russian technologies that have nothing in common but the language.
OFFERS = {
    "sorbent": "Магнитный сорбент извлекает ионы никеля и хрома из промывных вод гальванических цехов.",
    "laser": "Волоконный лазер с узкой линией излучения для резки тонких листов.",
    "dairy": "Закваска для кисломолочных продуктов с пробиотическими бактериями.",
    "bridge": "Методика оценки остаточного ресурса железобетонных мостов.",
    "wheat": "Сорт озимой пшеницы, устойчивый к бурой ржавчине.",
    "engine": "Плазменный двигатель малой тяги для спутников формата кубсат.",
    "speech": "Программа распознавания речи в шумных помещениях.",
    "implant": "Биоактивное покрытие для титановых зубных имплантатов.",
    "battery": "Твёрдый электролит для литиевых аккумуляторов.",
    "furnace": "Индукционная печь для плавки алюминиевых сплавов.",
    "robot": "Шагающий робот для осмотра трубопроводов.",
    "glass": "Стекло с электрически управляемой прозрачностью.",
    "noise": "Карта шума города рассчитывается по данным датчиков.",
    "fish": "Установка замкнутого водоснабжения для разведения осетра.",
    "drill": "Буровой раствор для бурения в вечной мерзлоте.",
    "wind": "Ветрогенератор с вертикальной осью для арктических посёлков.",
    "vaccine": "Вакцина против гриппа на основе рекомбинантного белка.",
    "textile": "Нить с антибактериальной пропиткой серебром.",
    "radar": "Георадар для поиска пустот под дорожным полотном.",
    "wood": "Термическая обработка древесины без химических добавок.",
}


def make_catalogue() -> dict[str, Technology]:
    return {
        name: TechnologyFactory(
            field="",
            trl=None,
            transfer_modes=[],
            text__title=text,
            text__summary=text,
            text__description="",
            text__advantages="",
            text__sought="",
        )
        for name, text in OFFERS.items()
    }


def make_demand(**fields: object) -> Demand:
    text = "도금 공정의 세척수에 섞인 니켈과 크롬을 자석으로 걷어내는 흡착 소재가 필요합니다."
    return DemandFactory(**{"title": "도금 폐수 중금속 흡착", "problem": text, "wanted_result": "", **fields})


def test_korean_demand_finds_the_right_russian_technology_first() -> None:
    catalogue, demand = make_catalogue(), make_demand()
    assert scoring_state(demand) == "waiting"
    sweep()
    first = Match.objects.filter(demand=demand).ranked().first()
    assert first and first.technology == catalogue["sorbent"]
    assert scoring_state(demand) == "ready"
    pair = met_passages(first).pairs[0]
    assert (pair["need_lang"], pair["offer_lang"], pair["offer_text"]) == ("ko", "ru", OFFERS["sorbent"])


@pytest.fixture
def embedder(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    """Everything is listed."""
    list_from(monkeypatch, 0.0)
    return fake_embedder


def pairs() -> set[tuple[int | None, int]]:
    return set(Match.objects.values_list("demand_id", "technology_id"))


def test_stored_parts_sum_to_the_stored_score(embedder: FakeEmbedder) -> None:
    for trl in (None, 3, 9):
        TechnologyFactory(trl=trl)
    DemandFactory(minimum_trl=6, transfer_modes=["licence", "joint_development"])
    CompanyProfileFactory()
    sweep()
    matches = list(Match.objects.all())
    assert len(matches) == 6
    for match in matches:
        assert fsum(part["contribution"] for part in match.components) == match.score
        assert match.scorer_version == scorer_version(current_space(index_encoder()))


def test_a_sweep_with_nothing_stale_changes_nothing(embedder: FakeEmbedder) -> None:
    TechnologyFactory()
    DemandFactory()
    sweep()
    before = list(Match.objects.values_list("id", "score", "scored_at"))
    embedder.encoded.clear()
    sweep()
    assert (list(Match.objects.values_list("id", "score", "scored_at")), embedder.encoded) == (before, [])


def test_an_archived_technology_disappears_and_comes_back(embedder: FakeEmbedder) -> None:
    technology, other, demand = TechnologyFactory(), TechnologyFactory(), DemandFactory()
    sweep()
    Technology.objects.filter(id=technology.id).update(state="archived")
    sweep()
    assert pairs() == {(demand.id, other.id)}
    Technology.objects.filter(id=technology.id).update(state="published")
    sweep()
    assert pairs() == {(demand.id, other.id), (demand.id, technology.id)}


def test_a_closed_demand_keeps_its_matches_and_gets_no_new_ones(embedder: FakeEmbedder) -> None:
    technology, demand = TechnologyFactory(), DemandFactory()
    sweep()
    Demand.objects.update(state="closed")
    TechnologyFactory()
    sweep()
    assert pairs() == {(demand.id, technology.id)}


def test_a_request_survives_the_match_it_came_from(embedder: FakeEmbedder) -> None:
    technology, demand = TechnologyFactory(), DemandFactory()
    sweep()
    request = MatchRequestFactory(technology=technology, demand=demand, match=Match.objects.get())
    Technology.objects.update(state="archived")
    sweep()
    request.refresh_from_db()
    assert (request.match, request.technology) == (None, technology)


def test_a_changed_technology_enters_and_leaves_lists(embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_need, "KEPT", 1)
    demand = DemandFactory(title="сорбент никель", problem="сорбент никель", wanted_result="", field="")
    weak = TechnologyFactory(field="", text__title="лазер", text__summary="")
    sweep()
    assert pairs() == {(demand.id, weak.id)}
    strong = TechnologyFactory(field="", text__title="сорбент никель", text__summary="сорбент никель")
    sweep_technologies()
    assert pairs() == {(demand.id, strong.id)}


def test_many_new_technologies_are_compared_some_at_a_time(
    embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "MANY_UNSCORED", 2)
    demand = DemandFactory()
    sweep()
    made = [TechnologyFactory() for _ in range(4)]
    sweep()
    assert pairs() == {(demand.id, technology.id) for technology in made}


def test_work_cut_off_in_the_middle_is_done_by_the_next_sweep(
    embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "TECHNOLOGIES_AT_ONCE", 2)
    for _ in range(5):
        TechnologyFactory()
    demand = DemandFactory()
    assert sweeping.sweep_technologies()
    with monkeypatch.context() as killed:
        killed.setattr(matchmaking, "_upsert", lambda *args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sweeping.sweep_needs()
    assert (Match.objects.count(), scoring_state(demand)) == (0, "waiting")
    sweep()
    assert (Match.objects.count(), scoring_state(demand)) == (5, "ready")


def test_a_need_changed_after_its_scoring_waits_again(embedder: FakeEmbedder) -> None:
    TechnologyFactory()
    demand = DemandFactory()
    sweep()
    Demand.objects.update(revision=2)
    demand.refresh_from_db()
    assert scoring_state(demand) == "waiting"
    sweep()
    assert scoring_state(demand) == "ready"


def test_a_need_that_says_nothing_has_no_matches(embedder: FakeEmbedder) -> None:
    TechnologyFactory()
    profile = CompanyProfileFactory(products="", capabilities="", interests="")
    sweep()
    assert (Match.objects.count(), scoring_state(profile)) == (0, "ready")


def test_without_an_encoder_everything_stays_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(setting: str) -> embedding.Embedder:
        raise embedding.EncoderUnavailableError

    monkeypatch.setattr(embedding, "_load", unavailable)
    TechnologyFactory()
    demand = DemandFactory()
    tasks.sweep_technologies.apply()
    tasks.sweep_needs.apply()
    assert scoring_state(demand) == "waiting"


def numbers() -> list[tuple[int, float, list[tuple[str, float]]]]:
    matches = Match.objects.select_related("technology").order_by("technology_id")
    return [(m.technology_id, m.score, [(part["code"], part["weight"]) for part in m.components]) for m in matches]


def test_a_rescoring_uses_the_same_preferences_as_the_reordered_list(embedder: FakeEmbedder) -> None:
    for trl in (None, 3, 9):
        TechnologyFactory(trl=trl)
    demand = DemandFactory(minimum_trl=6, transfer_modes=["licence"])
    sweep()
    usual = numbers()
    set_preferences(demand=demand, by=UserFactory(), preferences={"readiness": "more", "shared_terms": "less"})
    reordered = numbers()
    demand.refresh_from_db()
    assert (usual == reordered, scoring_state(demand)) == (False, "waiting")
    sweep()
    assert (numbers(), scoring_state(demand)) == (reordered, "ready")
    versions = {*Match.objects.values_list("scorer_version", flat=True)}
    assert versions == {scorer_version(current_space(index_encoder()), demand)}
    embedder.encoded.clear()
    scored_at = list(Match.objects.values_list("scored_at", flat=True))
    sweep()
    assert list(Match.objects.values_list("scored_at", flat=True)) == scored_at


def test_preferences_change_the_order_not_who_is_listed(
    embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that counts twice lifts no pair of chance into the list, nor drops one out of it."""
    text = {"text__summary": "", "text__description": "", "text__advantages": "", "text__sought": ""}
    near = TechnologyFactory(field="", text__title="сорбент никель", trl=1, transfer_modes=[], **text)
    far = TechnologyFactory(field="metals", text__title="лазер", trl=9, transfer_modes=["licence"], **text)
    demand = DemandFactory(
        title="сорбент никель", problem="сорбент никель", wanted_result="", minimum_trl=9, transfer_modes=["licence"]
    )
    list_from(monkeypatch, 0.0)
    sweep()
    scores = dict(Match.objects.values_list("technology_id", "score"))
    list_from(monkeypatch, scores[near.id] - 0.01)
    set_preferences(demand=demand, by=UserFactory(), preferences={"meaning": "less", "readiness": "more"})
    sweep()
    (kept,) = Match.objects.all()
    assert scores[near.id] > scores[far.id]
    assert (kept.technology_id, kept.score < scores[near.id] - 0.01) == (near.id, True)


def test_rescoring_brings_nothing_back_that_was_marked_and_gives_its_place_to_another(
    embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_need, "KEPT", 2)
    for _ in range(4):
        TechnologyFactory()
    demand = DemandFactory()
    sweep()
    first, second = demand.matches.ranked()
    mark_not_relevant(match=first, by=UserFactory())
    Demand.objects.update(revision=2)
    sweep()
    assert Feedback.objects.in_force().count() == 1
    shown = demand.matches.filter(listed()).values_list("technology_id", flat=True)
    assert (len(shown), first.technology_id in shown, second.technology_id in shown) == (2, False, True)
    TechnologyFactory()
    sweep_technologies()
    assert demand.matches.filter(listed()).count() == 2
