"""Who reads what decides about confidential things: a new reader is thought about, and gets its line here."""

import re
from collections import Counter

from tests.house.messages import ROOT

CODE = ("accounts", "matching", "projects", "kr_ru_platform", "templates")
# Memberships of organisations that nobody may have confirmed. Each only for what the organisation itself has written
# or asked for; what others keep of it (drafts that it holds, protected texts, tasks, figures) asks
# `confirmed_organisation_ids`.
EVERYDAY = {
    "accounts/models/membership.py": 1,  # Its people.
    "accounts/models/organisation.py": 3,  # Its own record and its own name.
    "accounts/models/user.py": 2,  # And whose kept texts are still this person's.
    "accounts/rules.py": 1,  # Whether somebody may register one.
    "matching/domain/matches/feedback.py": 1,
    "matching/forms/needs/demands.py": 2,
    "matching/models/company_profile.py": 1,
    "matching/models/demand.py": 1,
    "matching/models/feedback.py": 1,
    "matching/models/match.py": 1,  # Its matches with what is published, by what members read.
    "matching/models/match_request.py": 1,  # Its own requests.
    "matching/rules.py": 4,
    "matching/views/needs/demands.py": 1,
    "matching/views/needs/profiles.py": 2,
    "matching/views/requests/match_requests.py": 1,
    "matching/views/technologies/catalogue.py": 1,  # Its own request for the technology.
    "projects/models/outcome.py": 2,  # Whose own task it is, so that somebody else verifies its figures.
    "projects/domain/overview/my_work.py": 1,  # Its sections of "My work".
    "projects/views/research_tasks.py": 1,  # Whether a request is its own.
    "templates/accounts/members/_invitations_for_me.html": 1,
}
# Titles that nobody may have reviewed: on pages of the centre, and where a draft's confirmed holder reads it.
STAFF_PAGES = ("templates/matching/curation/", "templates/matching/matches/kept_back/")
UNREVIEWED = {
    "matching/admin.py",
    "matching/domain/intake/row_look_alikes.py",
    "matching/domain/organisation_merging.py",
    "matching/models/technology.py",
    "matching/views/curation/technology_merge.py",
    "templates/matching/page_parts/_handovers.html",
    "templates/matching/page_parts/_match_requests.html",
    "templates/matching/page_parts/_opened_agreements.html",
    "templates/matching/page_parts/_technologies.html",
    "templates/matching/matches/technology/technology_matches.html",
    "templates/matching/requests/introduction_edit.html",
    "templates/matching/requests/introduction_list.html",
    "templates/matching/requests/match_request_queue.html",
    "templates/matching/scoring/scorers/_moves.html",
    "templates/matching/technologies/detail/technology_detail.html",
    "templates/projects/overview/workspace/_changes.html",
    "templates/projects/overview/workspace/_partner.html",
    "templates/projects/overview/workspace/_queue.html",
    "templates/projects/overview/workspace/_technologies.html",
    "templates/projects/tasks/research_task_form.html",
}


def occurrences(pattern: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                count = len(re.findall(pattern, path.read_text()))
                found += Counter({str(path.relative_to(ROOT)): count})
    return found


def test_who_acts_for_an_organisation_that_nobody_confirmed_is_asked_only_about_its_own() -> None:
    assert dict(occurrences(r"(?<!confirmed_)\borganisation_ids\b")) == EVERYDAY


def test_titles_that_nobody_reviewed_are_read_only_where_drafts_are() -> None:
    readers = {name for name in occurrences(r"\bworking_title\b") if not name.startswith(STAFF_PAGES)}
    assert readers == UNREVIEWED


def test_texts_of_a_technology_are_named_only_through_its_titles() -> None:
    """`technology.text.title` is the newest one in every state."""
    assert dict(occurrences(r"\btechnology\.text\.title\b|\btechnology\.texts[^\n]*title")) == {}
