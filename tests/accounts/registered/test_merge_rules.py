"""Nothing that points to an organisation is forgotten when two records become one."""

import pytest

from accounts.registered.merge_rules import has_rule, label, relations

FIELDS = relations()


def is_held_once(relation):
    """Somewhere a row of this relation may stand only once, so that pointing it elsewhere can fail."""
    in_constraints = any(
        relation.name in [*getattr(rule, "fields", ()), *(getattr(part, "name", "") for part in _parts(rule))]
        for rule in relation.model._meta.constraints
        if type(rule).__name__ == "UniqueConstraint"
    )
    return relation.unique or in_constraints


def _parts(rule):
    return [part for expression in rule.expressions for part in expression.flatten()]


@pytest.mark.parametrize("relation", FIELDS, ids=label)
def test_relation_that_holds_a_row_once_has_a_rule(relation):
    # Two pending requests for one technology are an obstacle: a person closes one first.
    if label(relation) == "matching.MatchRequest.organisation":
        return
    assert has_rule(relation) or not is_held_once(relation)


def test_relations_are_those_of_today():
    """A new one belongs into the test of a whole merge beside its domain function."""
    assert sorted(map(label, FIELDS)) == [
        "accounts.Invitation.organisation",
        "accounts.Membership.organisation",
        "accounts.NameProposal.organisation",
        "accounts.OrganisationAlias.organisation",
        "accounts.OrganisationClaim.organisation",
        "accounts.OrganisationMerge.organisation",
        "accounts.OrganisationNumber.organisation",
        "matching.CompanyProfile.organisation",
        "matching.Demand.organisation",
        "matching.Feedback.organisation",
        "matching.Introduction.holder",
        "matching.Introduction.signed_with",
        "matching.MatchRequest.organisation",
        "matching.Technology.holder",
        "projects.Agreement.organisation",
        "projects.Outcome.reported_for",
        "projects.TaskPartner.organisation",
    ]
