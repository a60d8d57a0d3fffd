"""What every text of our models may tell to whom. A new field is not finished before it has its line here."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

STAFF = {"staff", "admin"}
COMPANY = {"sme", "member", *STAFF}
TASK = {"sme", "member", "partner", "evaluator", *STAFF}
# The company's real name: who works with it, and who was invited.
NAMED = {"newcomer", *TASK}

# Row of the world, "Model.field", the roles that may read it, and what is stored around the word.
SECRETS: list[tuple[str, str, set[str], Any]] = [
    *[
        ("secret_text", f"TechnologyText.{name}", {"partner", "signed", *STAFF}, None)
        for name in ("description", "advantages", "sought")
    ],
    *[("draft_text", f"TechnologyText.{name}", {"partner", *STAFF}, None) for name in ("title", "summary")],
    *[("held_text", f"TechnologyText.{name}", {"partner", *STAFF}, None) for name in ("title", "summary")],
    ("secret_change", "ProposedChange.texts", STAFF, lambda word: {"ko": {"title": word, "description": word}}),
    ("secret_change", "ProposedChange.reason", STAFF, None),
    ("publication", "Publication.reason", STAFF, None),
    ("publication", "Publication.other_names", STAFF, None),
    *[("demand", f"Demand.{name}", COMPANY, None) for name in ("title", "problem", "wanted_result")],
    *[("profile", f"CompanyProfile.{name}", COMPANY, None) for name in ("products", "capabilities", "interests")],
    ("match_request", "MatchRequest.message", COMPANY, None),
    ("declined", "MatchRequest.decline_note", COMPANY, None),
    ("event", "RequestEvent.body", COMPANY, None),
    # Who is in charge is told by the account, so that one that was closed is not named.
    ("owner_event", "RequestEvent.body", set(), None),
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
    # Whoever meets a person reads the name; the newcomer was invited by that one.
    ("person", "User.phone", {"sme", *STAFF}, None),
    ("person", "User.email", {"sme", "member", *STAFF}, None),
    ("person", "User.full_name", {"newcomer", "member", *TASK}, None),
    *[("member_person", f"User.{name}", {"member", "sme", *STAFF}, None) for name in ("email", "full_name")],
    ("member_person", "User.phone", {"member", *STAFF}, None),
    ("closed", "ClosedAccount.full_name", COMPANY, None),
    *[("company", f"Organisation.name_{code}", NAMED, None) for code in ("ko", "ru", "en")],
    *[("company", f"Organisation.{name}", COMPANY, None) for name in ("short_name", "city", "website", "external_id")],
    ("company", "Organisation.registration_number", COMPANY, None),
    ("alias", "OrganisationAlias.name", STAFF, None),
    ("inn", "OrganisationNumber.value", STAFF, None),
    ("kept_post", "KeptPost.fields", {"sme"}, lambda word: [["message", word]]),
    ("claim", "OrganisationClaim.message", {"newcomer", *STAFF}, None),
    ("proposal", "NameProposal.reason", COMPANY, None),
    ("proposal", "NameProposal.new", COMPANY, lambda word: {"name_en": word}),
    ("proposal", "NameProposal.old", COMPANY, lambda word: {"name_en": word}),
    ("claim", "OrganisationClaim.reason", {"newcomer", *STAFF}, None),
    ("company", "Organisation.confirmation_note", STAFF, None),
]

# Read by everybody, or by everybody who meets the person or the organisation; masked names have tests of their own.
OPEN = {
    "Agreement": {"signed_text", "note"},
    "CooperationEvent": {
        *("code", "name_ko", "name_ru", "name_en", "city_ko", "city_ru", "city_en", "note_ko", "note_ru", "note_en")
    },
    "Programme": {"code", "name_ko", "name_ru", "name_en"},
    "ResearchTask": {"number", "title_ko", "title_ru", "title_en", "summary"},
    "ScorerVersion": {"name", "formula"},
    "Technology": {"external_id", "source_url", "public_titles"},
}
# Not looked for as words: each with why, or with the test that looks at it.
CODE = "a code, a number or a key of programs, not a text that somebody wrote"
CONTENTS = "tests/house/test_contents.py::test_no_file_is_read_by_whoever_must_not"
MAILS = "tests/house/test_contents.py::test_mails_tell_each_what_may_be_known"
MAILS = "tests/house/test_contents.py::test_mails_tell_each_what_may_be_known"
ADMIN = "tests/house/test_admin_contents.py::test_the_admin_shows_no_keys_and_no_texts_of_mails"
ELSEWHERE = {
    "CompanyProfile": {"ksic_code": CODE},
    "Demand": {
        "external_id": CODE,
        "preferences": CODE,
        "sentence_choices": CODE,
    },
    "EmbeddingSpace": dict.fromkeys(("encoder", "version", "counts"), CODE),
    "Feedback": dict.fromkeys(("reason", "scorer_version", "components"), CODE),
    "ImportMapping": dict.fromkeys(("fingerprint", "columns"), CODE),
    "ImportRowError": dict.fromkeys(("column", "code"), CODE),
    "IndexRecord": dict.fromkeys(("encoder", "text_hash"), CODE),
    "IndexState": dict.fromkeys(("encoder", "building", "dimensions", "problem"), CODE),
    "Invitation": {"email": "tests/accounts/views/people/test_members.py"},
    "LastingCacheRow": dict.fromkeys(("cache_key", "value"), "tests/kr_ru_platform/running/test_cache.py"),
    "Mail": {
        **dict.fromkeys(("body", "html"), ADMIN),
        **dict.fromkeys(("receiver", "subject"), MAILS),
        **dict.fromkeys(("sender", "headers", "message_id"), CODE),
        "error": "tests/matching/views/test_operations.py",
    },
    "Match": dict.fromkeys(("components", "scorer_version"), CODE),
    "MatchRequest": {"scorer_version_when_requested": CODE},
    "Membership": {"position": "tests/accounts/views/people/test_members.py"},
    "OrganisationMerge": dict.fromkeys(
        ("old_name", "old_values", "moved", "reason"), "tests/accounts/registered/test_merge_rules.py"
    ),
    "Outcome": {"evidence_file": CONTENTS},
    "NeedSentence": {"text": "tests/matching/views/needs/test_sentences.py", "examples": CODE},
    "Passage": {"text": "tests/matching/views/technologies/test_catalogue.py"},
    "ProposedChange": dict.fromkeys(("facts", "before"), CODE)
    | {"former_reasons": "tests/matching/views/curation/test_changes.py"},
    "RequestAttachment": {"file": CONTENTS},
    "ScorerVersion": dict.fromkeys(("weights", "figures"), CODE),
    "ScoringRecord": dict.fromkeys(("scorer_version", "term_weights"), CODE),
    "ScoringRun": dict.fromkeys(("encoder", "scorer_version", "fingerprint", "vocabulary"), CODE),
    "KeptPost": dict.fromkeys(("token", "path", "query"), "tests/kr_ru_platform/web/kept/test_kept_posts.py"),
    "SentForm": dict.fromkeys(
        ("token", "attempt", "path", "digest", "words", "address"), "tests/kr_ru_platform/web/kept/test_sent_forms.py"
    ),
    "TechnologyImport": {"file": CONTENTS}
    | dict.fromkeys(("failure_code", "layout", "listed_holders", "reading", "seen_drafts"), CODE),
    "ThrottleCount": dict.fromkeys(("scope", "key"), "tests/kr_ru_platform/web/requests/test_throttling.py"),
    "User": {"password": ADMIN},
    "VectorIndex": dict.fromkeys(("name", "kind", "encoder", "space_version"), CODE),
    "PseudoTranslation": {"text_hash": CODE},
    "WholeText": {"text_hash": CODE},
}
# Every column that the exports have, so that a new one is decided about and not only added.
EXPORTED = {
    **dict.fromkeys(("type", "field", "state", "funnel", "losses"), 2),
    **{"budget": 8, "verified": 5, "uncounted": 5, "tasks": 8},
}
# Amounts of one company's work, however they are written.
AMOUNTS = {"government_krw": 123_456_701, "company_cash_krw": 23_456_702, "spent_krw": 3_456_703}


def plant(world: SimpleNamespace) -> dict[str, tuple[str, set[str]]]:
    """Word → the field it stands in, and who may read it."""
    words = {}
    for number, (name, field, readers, around) in enumerate(SECRETS, start=100):
        word, column = f"Zq{number}Canary", field.partition(".")[2]
        # Addresses are stored in small letters.
        word = word.lower() if column == "email" else word
        row = getattr(world, name)
        type(row).objects.filter(pk=row.pk).update(**{column: around(word) if around else word})
        words[word] = (f"{name} {field}", readers)
    return words | plant_amounts(world)


def plant_amounts(world: SimpleNamespace) -> dict[str, tuple[str, set[str]]]:
    """With total and value, which nobody but a task's people may read."""
    line, total = world.budget_line, sum(AMOUNTS.values()) - AMOUNTS["spent_krw"]
    amounts = {**AMOUNTS, "total_krw": total}
    type(line).objects.filter(pk=line.pk).update(company_in_kind_krw=0, **amounts)
    type(world.outcome).objects.filter(pk=world.outcome.pk).update(value=Decimal(987_601), currency="USD")
    words = {}
    for name, amount in {**amounts, "outcome": 987_601}.items():
        for written in [str(amount), *(f"{amount:,}".replace(",", mark) for mark in (",", "\xa0", " "))]:
            words[written] = (f"amount {name} as {written}", TASK)
    return words
