"""What every text of our models may tell to whom. A new field is not finished before it has its line here."""

from types import SimpleNamespace
from typing import Any

STAFF = {"staff", "admin"}
COMPANY = {"sme", *STAFF}
TASK = {"sme", "partner", "evaluator", *STAFF}

# Row of the world, "Model.field", the roles that may read it, and what is stored around the word.
SECRETS: list[tuple[str, str, set[str], Any]] = [
    *[
        ("secret_text", f"TechnologyText.{name}", {"partner", "signed", *STAFF}, None)
        for name in ("description", "advantages", "sought")
    ],
    *[("draft_text", f"TechnologyText.{name}", {"partner", *STAFF}, None) for name in ("title", "summary")],
    ("secret_change", "ProposedChange.texts", STAFF, lambda word: {"ko": {"title": word, "description": word}}),
    ("secret_change", "ProposedChange.reason", STAFF, None),
    ("publication", "Publication.reason", STAFF, None),
    ("publication", "Publication.proposed_by", STAFF, None),
    *[("demand", f"Demand.{name}", COMPANY, None) for name in ("title", "problem", "wanted_result")],
    *[("profile", f"CompanyProfile.{name}", COMPANY, None) for name in ("products", "capabilities", "interests")],
    ("match_request", "MatchRequest.message", COMPANY, None),
    ("declined", "MatchRequest.decline_note", COMPANY, None),
    ("event", "RequestEvent.body", COMPANY, None),
    ("attachment", "RequestAttachment.name", COMPANY, None),
    *[("introduction", f"Introduction.{name}", COMPANY, None) for name in ("holder_contact", "note", "next_step")],
    ("mark", "Feedback.text", COMPANY, None),
    ("technology_import", "TechnologyImport.name", STAFF, None),
    ("technology_import", "TechnologyImport.failure_detail", STAFF, None),
    ("technology_import", "TechnologyImport.publish_reason", STAFF, None),
    ("row_error", "ImportRowError.value", STAFF, None),
    ("outcome", "Outcome.evidence", TASK, None),
    ("outcome", "Outcome.status_note", TASK, None),
    *[("research_task", f"ResearchTask.{name}", TASK, None) for name in ("stop_reason", "evidence")],
    ("person", "User.phone", {"sme", *STAFF}, None),
    ("claim", "OrganisationClaim.message", {"newcomer", *STAFF}, None),
    ("proposal", "NameProposal.reason", COMPANY, None),
    ("company", "Organisation.confirmation_note", STAFF, None),
]

# Read by everybody, or by everybody who meets the person or the organisation; masked names have tests of their own.
OPEN = {
    "Agreement": {"signed_text", "note"},
    "CooperationEvent": {
        *("code", "name_ko", "name_ru", "name_en", "city_ko", "city_ru", "city_en", "note_ko", "note_ru", "note_en")
    },
    "Organisation": {
        *("name_ko", "name_ru", "name_en", "short_name", "city", "registration_number", "website", "external_id")
    },
    "OrganisationAlias": {"name"},
    "Programme": {"code", "name_ko", "name_ru", "name_en"},
    "ResearchTask": {"number", "title_ko", "title_ru", "title_en", "summary"},
    "ScorerVersion": {"name", "formula"},
    "Technology": {"external_id", "source_url"},
    "User": {"email", "full_name"},
}
# On no page as such, or only in the hands of those who wrote it; each kept and shown by code with its own tests.
ELSEWHERE = {
    "ClosedAccount": {"full_name"},
    "CompanyProfile": {"ksic_code"},
    "Demand": {"external_id", "preferences"},
    "EmbeddingSpace": {"encoder", "version", "counts"},
    "Feedback": {"reason", "scorer_version", "components"},
    "ImportRowError": {"column", "code"},
    "IndexRecord": {"encoder", "text_hash"},
    "IndexState": {"encoder", "building", "dimensions", "problem"},
    "Invitation": {"email"},
    "KeptPost": {"token", "path", "fields"},
    "LastingCacheRow": {"cache_key", "value"},
    "Mail": {"receiver", "sender", "subject", "body", "html", "headers", "message_id", "error"},
    "Match": {"components", "scorer_version"},
    "MatchRequest": {"scorer_version_when_requested"},
    "Membership": {"position"},
    "NameProposal": {"old", "new"},
    "OrganisationClaim": {"reason"},
    "OrganisationMerge": {"old_name", "old_values", "moved"},
    "OrganisationNumber": {"value"},
    "Outcome": {"evidence_file"},
    "Passage": {"text"},
    "ProposedChange": {"facts", "before"},
    "RequestAttachment": {"file"},
    "ScorerVersion": {"weights", "figures"},
    "ScoringRecord": {"scorer_version", "term_weights"},
    "ScoringRun": {"encoder", "scorer_version", "fingerprint", "vocabulary"},
    "SentForm": {"token", "attempt", "path", "digest", "address"},
    "TechnologyImport": {"file", "failure_code"},
    "ThrottleCount": {"scope", "key"},
    "User": {"password"},
    "WholeText": {"text_hash"},
}


def plant(world: SimpleNamespace) -> dict[str, tuple[str, set[str]]]:
    """Word → the field it stands in, and who may read it."""
    words = {}
    for number, (name, field, readers, around) in enumerate(SECRETS, start=100):
        word, column = f"Zq{number}Canary", field.partition(".")[2]
        row = getattr(world, name)
        type(row).objects.filter(pk=row.pk).update(**{column: around(word) if around else word})
        words[word] = (f"{name} {field}", readers)
    return words
