"""A catalogue and needs with everything that a score looks at: some hundred, made quickly."""

import random

from django.utils import timezone

from matching.domain.index.indexing import index_demands, index_encoder, index_profiles, index_technologies
from matching.enums import Field, TransferMode
from matching.models import CompanyProfile, Demand, Technology, TechnologyText
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.organisation import InstituteFactory, OrganisationFactory

WORDS = {
    "ru": "сорбент никель лазер сплав плазма сталь мост пшеница вакцина спутник робот стекло мембрана".split(),
    "en": "sorbent nickel laser alloy plasma steel bridge wheat vaccine satellite robot glass membrane".split(),
    "ko": "흡착제 니켈 레이저 합금 플라즈마 강철 교량 백신 위성 로봇 유리 분리막 촉매 소재".split(),
}
# Each in a text or two: shared, they say much.
RARE = [f"{stem}{number}" for stem in ("TiO", "AB", "никелит", "ceramix", "세라믹스") for number in range(20)]
PREFERENCES = ({}, {}, {"readiness": "more"}, {"meaning": "less", "field": "more"}, {"shared_terms": "more"})


def sentences(dice: random.Random, language: str, count: int) -> str:
    return " ".join(" ".join([*dice.choices(WORDS[language], k=7), dice.choice(RARE)]) + "." for _ in range(count))


def make_technologies(count: int, *, seed: int = 1) -> list[int]:
    """Published and indexed: one to three languages, texts of very different length, facts now and then missing."""
    dice, holder = random.Random(seed), InstituteFactory()
    made = Technology.objects.bulk_create(
        Technology(
            holder=holder,
            field=dice.choice(["", "other", *Field.values[:4]]),
            trl=dice.choice([None, *range(1, 10)]),
            transfer_modes=dice.sample(TransferMode.values, dice.randint(0, 3)),
            disclosure=dice.choice(["public", "members", "nda"]),
            state="published",
            source_language="ru",
            published_at=timezone.now(),
        )
        for _ in range(count)
    )
    TechnologyText.objects.bulk_create(
        TechnologyText(
            technology=technology,
            language=language,
            provenance="source" if place == 0 else "machine",
            title=sentences(dice, language, 1),
            summary=sentences(dice, language, dice.randint(0, 2)),
            description=sentences(dice, language, dice.choice([0, 0, 3, 9])),
        )
        for technology in made
        for place, language in enumerate(dice.sample(["ru", "en", "ko"], dice.randint(1, 3)))
    )
    ids = [technology.pk for technology in made]
    index_technologies(technology_ids=ids, encoder=index_encoder())
    return ids


def make_needs(demands: int, *, profiles: int = 0, seed: int = 2) -> None:
    """Open, indexed, in several languages, some with preferences of their own."""
    dice, company = random.Random(seed), OrganisationFactory()
    for place in range(demands):
        language = dice.choice(["ko", "ko", "ru", "en"])
        DemandFactory(
            organisation=company,
            language=language,
            title=sentences(dice, language, 1),
            problem=sentences(dice, language, dice.randint(1, 3)),
            wanted_result="",
            field=dice.choice(["", *Field.values[:4]]),
            minimum_trl=dice.choice([None, 3, 6, 9]),
            transfer_modes=dice.sample(TransferMode.values, dice.randint(0, 2)),
            preferences=PREFERENCES[place % len(PREFERENCES)],
        )
    for _ in range(profiles):
        CompanyProfileFactory(products=sentences(dice, "ko", 2), field=dice.choice(["", *Field.values[:4]]))
    index_demands(demand_ids=list(Demand.objects.values_list("pk", flat=True)), encoder=index_encoder())
    index_profiles(profile_ids=list(CompanyProfile.objects.values_list("pk", flat=True)), encoder=index_encoder())
