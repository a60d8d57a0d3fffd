"""Forms as people fill them in, for one address each: what is answered to a good form is looked at too."""

from typing import Any

WORDS = "A text of several words."
# At which revision the rows of the world are: who decides has seen them.
SEEN = dict.fromkeys(["expected_revision", "organisation_revision", "technology_revision"], 1)
# Name of the address and, where it has several forms, the argument that tells which.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("match_request_action", "ask"): {"body": WORDS},
    ("match_request_action", "accept"): {"body": WORDS},
    ("match_request_action", "decline"): {"reason": "other", "body": WORDS},
    ("match_request_action", "introduce"): {"introduced_on": "2026-01-05", "note": WORDS, "holder_contact": WORDS},
    ("match_request_action", "withdraw"): {"body": WORDS},
    ("match_request_due", ""): {"due_on": "2099-01-05"},
    ("introduction_edit", ""): {"introduced_on": "2026-01-05", "note": WORDS},
    ("match_request_create", ""): {"organisation": "company", "message": WORDS},
    ("organisation_confirm", ""): {"ground": "known", "note": WORDS},
    ("organisation_unconfirm", ""): {"note": WORDS},
    ("name_proposal", ""): {"answer": "no", "reason": WORDS},
    ("claim_decide", ""): {"answer": "no", "reason": WORDS},
    ("membership_remove", ""): {"is_confirmed": "on"},
    ("invitation_create", ""): {"email": "somebody.new@example.org", "role": "member"},
    ("outcome_create", ""): {
        **{"kind": "exports", "value": "12", "currency": "USD", "evidence": WORDS},
        **{"period_start": "2026-01-01", "period_end": "2026-02-01"},
    },
    ("demand_create", ""): {"organisation": "company", "problem": WORDS, "wanted_result": WORDS, "action": "open"},
    ("match_not_relevant", ""): {"reason": "other", "text": WORDS},
    ("outcome_dispute", ""): {"note": WORDS},
    ("programme_create", ""): {"code": "NEW", "year": "2026", "name_ko": WORDS, "budget_krw": "1000"},
}
# Answered by leading on: the others of the list are answered by what is to be corrected.
ACCEPTED = {
    *("ask", "decline", "withdraw", "match_request_create", "introduction_edit", "invitation_create"),
    *("organisation_confirm", "organisation_unconfirm", "name_proposal", "claim_decide", "membership_remove"),
}


def body_of(world: Any, name: str, arguments: dict[str, str]) -> dict[str, Any] | None:
    body = BODIES.get((name, arguments.get("action", ""))) or BODIES.get((name, ""))
    if body is None:
        return None
    return SEEN | {key: world.company.pk if value == "company" else value for key, value in body.items()}
