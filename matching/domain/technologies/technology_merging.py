"""Two records of the same technology become one; the other is archived and leads on."""

from typing import Any

from django.db import transaction

from accounts.errors import MergeObstacleError
from accounts.models import User
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.saving.repointing import repoint
from kr_ru_platform.saving.revisions import locked_pair, save_revision
from matching.domain.technologies import curation, proposed_changes, publication
from matching.domain.technologies.teasers import TeaserRepeatsError
from matching.enums import DisclosureLevel, Provenance, TechnologyRefusal, TechnologyState
from matching.models import Introduction, MatchRequest, Technology, TechnologyMerge, TechnologyText

# What is made from a record's own texts, or is that record's own, stays with it in the archive.
KEPT = frozenset(
    {
        "matching.TechnologyText.technology",
        "matching.Match.technology",
        "matching.ScoringRecord.technology",
        "matching.IndexRecord.technology",
        "matching.TechnologyMerge.goes",
        "matching.Introduction.signed_for",
        "matching.ProposedChange.technology",
        "matching.Publication.technology",
    }
)
STRICTNESS = [DisclosureLevel.PUBLIC, DisclosureLevel.MEMBERS, DisclosureLevel.NDA]


def technologies_by_external_id(ids: list[str], *, is_locked: bool = False) -> dict[str, Technology]:
    """By their own id, or by that of a record that was merged into them: the same object under both ids."""
    led = TechnologyMerge.objects.filter(goes__external_id__in=ids).values_list("goes__external_id", "stays_id")
    leads = dict(led)
    rows = Technology.objects.filter(external_id__in=[one for one in ids if one not in leads])
    rows = rows | Technology.objects.filter(pk__in=leads.values())
    rows = rows.order_by("pk").prefetch_related("texts")
    found = list(rows.select_for_update() if is_locked else rows)
    by_key = {row.pk: row for row in found}
    wanted = set(ids)
    own = {row.external_id: row for row in found if row.external_id in wanted}
    return own | {external_id: by_key[pk] for external_id, pk in leads.items() if pk in by_key}


@transaction.atomic
def merge_technologies(
    *,
    stays: Technology,
    goes: Technology,
    by: User,
    take_texts: frozenset[str] = frozenset(),
    revisions: tuple[int, int] | None = None,
) -> Technology:
    """`take_texts`: languages whose text is taken from the record that goes.

    Into a published profile they come as a proposal, as every other change of it does.
    """
    stays, goes = locked_pair(stays, goes, revisions)
    if obstacles := obstacles_to(stays, goes):
        raise MergeObstacleError(stays, obstacles)
    _take_texts(stays, goes, by, take_texts)
    authors = publication.authors_of_draft(goes) if take_texts and goes.state != TechnologyState.PUBLISHED else set()
    if change := proposed_changes.waiting_change(stays):
        change.authors.add(*authors)
    _keep_titles(stays, goes)
    _leave_agreements(goes)
    for relation in moving_relations():
        repoint(relation, goes=goes, stays=stays, by=by)
    TechnologyMerge.objects.create(goes=goes, stays=stays, merged_by=by).authors.set(authors)
    goes.refresh_from_db()
    goes.state = TechnologyState.ARCHIVED
    save_revision(goes, by=by)
    return Technology.objects.get(pk=stays.pk)


def obstacles_to(stays: Technology, goes: Technology) -> list[Refusal]:
    """What a person has to decide before."""
    found = []
    if stays.holder_id != goes.holder_id:
        found.append(Refusal(TechnologyRefusal.DIFFERENT_HOLDERS))
    if stays.state == TechnologyState.ARCHIVED:
        found.append(Refusal(TechnologyRefusal.ARCHIVED_CANNOT_STAY))
    if TechnologyMerge.objects.filter(goes__in=[stays, goes]).exists():
        found.append(Refusal(TechnologyRefusal.ONE_IS_MERGED))
    if proposed_changes.waiting_change(goes):
        found.append(Refusal(TechnologyRefusal.CHANGE_WAITS))
    pending = MatchRequest.objects.pending()
    asked = pending.filter(technology=stays).values("organisation")
    for row in pending.filter(technology=goes, organisation__in=asked).select_related("organisation"):
        found.append(Refusal(TechnologyRefusal.ASKED_FOR_BOTH, {"name": row.organisation}))
    return found


def moving_relations() -> list[Any]:
    related: list[Any] = Technology._meta.get_fields(include_hidden=True)
    fields = [
        relation.field
        for relation in related
        if relation.is_relation and relation.auto_created and not hasattr(relation.related_model, "instance_type")
    ]
    return [one for one in fields if f"{one.model._meta.label}.{one.name}" not in KEPT]


def _take_texts(stays: Technology, goes: Technology, by: User, languages: frozenset[str]) -> None:
    try:
        for text in goes.texts.filter(language__in=languages):
            _take_text(stays, text, by)
        _keep_secret(stays, goes, by, is_taken=bool(languages))
    except TeaserRepeatsError as error:
        raise MergeObstacleError(stays, [error.refusal] if error.refusal else []) from error


def _take_text(stays: Technology, text: TechnologyText, by: User) -> None:
    """A second source text is a translation of the one that is there."""
    names = ("provenance", *curation.TEXT_FIELDS)
    values = {name: getattr(text, name) for name in names}
    has_other_source = stays.texts.filter(provenance=Provenance.SOURCE).exclude(language=text.language).exists()
    if values["provenance"] == Provenance.SOURCE and has_other_source:
        values["provenance"] = Provenance.HUMAN
    curation.save_text(technology=stays, language=text.language, by=by, data=values)


def _keep_secret(stays: Technology, goes: Technology, by: User, *, is_taken: bool) -> None:
    """A text taken over is not opened to more readers than before."""
    stricter = max(stays.disclosure, goes.disclosure, key=lambda level: STRICTNESS.index(DisclosureLevel(level)))
    if is_taken and stricter != stays.disclosure:
        curation.update_technology(technology=stays, by=by, data={"disclosure": stricter})


def _leave_agreements(goes: Technology) -> None:
    """The request moves on; what was signed for one record opens no text that another one protects."""
    signed = Introduction.objects.filter(match_request__technology=goes, signed_for=None, nda_signed_on__isnull=False)
    signed.update(signed_for=goes)


def _keep_titles(stays: Technology, goes: Technology) -> None:
    """Whoever asked for the record that goes is not told the title of a draft that takes its place."""
    if goes.state == TechnologyState.PUBLISHED:
        proposed_changes.keep_public_titles(goes)
        Technology.objects.filter(pk=goes.pk).update(public_titles=goes.public_titles)
    known = Technology.objects.filter(pk=stays.pk, public_titles={}).exclude(state=TechnologyState.PUBLISHED)
    known.update(public_titles=goes.public_titles)
