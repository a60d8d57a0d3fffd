"""Needs against technologies, through the real encoder and the database."""

import pytest

from matching.domain import sweeping
from matching.domain.queries import scoring_state
from matching.models import Demand, Match, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory

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


def sweep() -> None:
    while sweeping.sweep_technologies():
        pass
    while sweeping.sweep_needs():
        pass


def test_korean_demand_finds_the_right_russian_technology_first() -> None:
    catalogue, demand = make_catalogue(), make_demand()
    assert scoring_state(demand) == "waiting"
    sweep()
    first = Match.objects.filter(demand=demand).ranked().first()
    assert first and first.technology == catalogue["sorbent"]
    assert scoring_state(demand) == "ready"
    pair = first.components[0]["evidence"]["pairs"][0]
    assert (pair["need_lang"], pair["offer_lang"], pair["offer_text"]) == ("ko", "ru", OFFERS["sorbent"])
