"""The sample catalogue: success cases and technologies of the centre's report on 2019, and a
demo company's demands. Loading it again changes nothing that is already there."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.domain.organisations.confirmation import known_to_centre
from accounts.models import Organisation, User
from kr_ru_platform.words.languages import Language
from matching.domain.requests.match_requests import request_introduction
from matching.domain.technologies.curation import year_after
from matching.domain.technologies.publication import Origin, record_many
from matching.enums import DemandState, Direction, IprStatus, Provenance, PublicationKind, TechnologyState
from matching.models import CompanyProfile, Demand, MatchRequest, Technology, TechnologyText

FOLDER = Path(__file__).resolve().parent.parent / "sample"
PREFIX = "sample-"
PROVENANCE = dict.fromkeys(Language.values, Provenance.HUMAN) | {Language.KOREAN: Provenance.SOURCE}


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@transaction.atomic
def load_sample_organisations() -> dict[str, Organisation]:
    """Every organisation of the sample by its key."""
    found = {}
    for row in read("organisations.json"):
        key = row.pop("key")
        found[key], _ = Organisation.objects.get_or_create(
            external_id=PREFIX + key, defaults=row | known_to_centre(by=None)
        )
    return found


@transaction.atomic
def load_sample_technologies(*, owner: User | None = None) -> dict[str, Technology]:
    """Every technology of the sample by its key, with its three texts, published."""
    organisations = load_sample_organisations()
    rows = [*read("technologies_cases.json"), *read("technologies_tasks.json")]
    return {row["key"]: load_technology(row=row, organisations=organisations, owner=owner) for row in rows}


def load_technology(*, row: dict[str, Any], organisations: dict[str, Organisation], owner: User | None) -> Technology:
    technology, is_new = Technology.objects.get_or_create(
        external_id=PREFIX + row["key"],
        defaults={
            "holder": organisations.get(row["holder"] or ""),
            "country": row.get("country", "RU"),
            "field": row["field"],
            "trl": row["trl"],
            "ipr_status": IprStatus.UNKNOWN,
            "transfer_modes": row["transfer_modes"],
            "direction": row.get("direction", Direction.RUSSIA_TO_KOREA),
            "disclosure": row.get("disclosure", "members"),
            "state": TechnologyState.PUBLISHED,
            "source_language": Language.KOREAN,
            "owner": owner,
            "published_at": timezone.now(),
            "expires_on": year_after(timezone.localdate()),
        },
    )
    if is_new:
        record_many(technologies=[technology], origin=Origin(PublicationKind.SAMPLE, approved_by=owner))
        for language in Language.values:
            TechnologyText.objects.create(
                technology=technology,
                language=language,
                provenance=PROVENANCE[language],
                **row[language],
            )
    return technology


@transaction.atomic
def load_demo_company(*, organisation: Organisation, member: User) -> None:
    """What the demo company has written: its profile, two demands and one match request."""
    demo = read("demo.json")
    CompanyProfile.objects.get_or_create(organisation=organisation, defaults=demo["profile"])
    demands = {
        row["external_id"]: Demand.objects.get_or_create(
            external_id=row["external_id"],
            defaults=row
            | {
                "organisation": organisation,
                "state": DemandState.OPEN,
                "opened_at": timezone.now(),
                "written_by": member,
            },
        )[0]
        for row in demo["demands"]
    }
    wanted = demo["request"]
    technology = Technology.objects.get(external_id=PREFIX + wanted["technology"])
    if not MatchRequest.objects.filter(technology=technology, organisation=organisation).exists():
        request_introduction(
            technology=technology,
            organisation=organisation,
            by=member,
            message=wanted["message"],
            demand=demands[wanted["demand"]],
        )


@transaction.atomic
def load_demo_partner(*, organisation: Organisation) -> None:
    """What the demo institute offers, in Russian only: a Korean demand finds it all the same."""
    for row in read("demo.json")["partner_technologies"]:
        text = row.pop("text")
        technology, is_new = Technology.objects.get_or_create(
            external_id=row.pop("external_id"),
            defaults=row
            | {
                "holder": organisation,
                "country": organisation.country,
                "state": TechnologyState.PUBLISHED,
                "source_language": "ru",
                "published_at": timezone.now(),
                "expires_on": year_after(timezone.localdate()),
            },
        )
        if is_new:
            record_many(technologies=[technology], origin=Origin(PublicationKind.SAMPLE))
            TechnologyText.objects.create(technology=technology, language="ru", provenance=Provenance.SOURCE, **text)
