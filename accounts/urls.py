"""Addresses of this app. Log-in, sign-up and the second factor are django-allauth's, under accounts/."""

from django.urls import URLPattern, URLResolver, path, re_path

from accounts.views.organisations import claims, decisions, identity, merging, my_organisation, organisations
from accounts.views.people import closing, email, members, people, session

urlpatterns: list[URLPattern | URLResolver] = []

# My own
urlpatterns += [
    path("accounts/email/", email.EmailView.as_view(), name="account_email"),
    path("accounts/confirm-email/", email.EmailCodeView.as_view(), name="account_email_verification_sent"),
    path("my/session/", session.session_state, name="session_state"),
    path("my/session/keep/", session.session_keep, name="session_keep"),
    path("my/details/", my_organisation.my_details, name="my_details"),
    path("my/details/close/", closing.my_account_close, name="my_account_close"),
    path("my/organisation/", my_organisation.my_organisation, name="my_organisation"),
    path("my/organisation/join/", my_organisation.organisation_join, name="organisation_join"),
    path("my/organisation/<int:pk>/edit/", my_organisation.my_organisation_edit, name="my_organisation_edit"),
]

# Members
urlpatterns += [
    path("organisations/<int:pk>/invite/", members.invitation_create, name="invitation_create"),
    path("invitations/<int:pk>/renew/", members.invitation_renew, name="invitation_renew"),
    path("invitations/<int:pk>/withdraw/", members.invitation_withdraw, name="invitation_withdraw"),
    re_path(
        r"^invitations/(?P<pk>[0-9]{1,18})/(?P<answer>accept|decline)/$",
        members.invitation_answer,
        name="invitation_answer",
    ),
    path("memberships/<int:pk>/confirm/", members.membership_confirm, name="membership_confirm"),
    path("memberships/<int:pk>/role/", members.membership_role, name="membership_role"),
    path("memberships/<int:pk>/remove/", members.membership_remove, name="membership_remove"),
]

# Organisations
urlpatterns += [
    path("curation/organisations/", organisations.organisation_list, name="organisation_list"),
    path("curation/organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("curation/organisations/<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("curation/organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"),
]

# People
urlpatterns += [
    path("curation/people/", people.people_list, name="people_list"),
    path("curation/people/<int:pk>/", people.person_detail, name="person_detail"),
    path("curation/people/<int:pk>/close/", closing.person_close, name="person_close"),
]

# What the centre decides about organisations
urlpatterns += [
    path("curation/organisations/to-decide/", decisions.organisation_work, name="organisation_work"),
    path("curation/organisations/<int:pk>/confirm/", decisions.organisation_confirm, name="organisation_confirm"),
    path("curation/organisations/<int:pk>/unconfirm/", decisions.organisation_unconfirm, name="organisation_unconfirm"),
    path("curation/organisations/<int:pk>/merge/", merging.organisation_merge, name="organisation_merge"),
    path("curation/organisations/<int:pk>/identity/", identity.organisation_identity, name="organisation_identity"),
    path("curation/identity/<slug:mark>/<int:pk>/remove/", identity.identity_mark_remove, name="identity_mark_remove"),
    path("curation/names/<int:pk>/", decisions.name_proposal, name="name_proposal"),
    path("curation/claims/<int:pk>/", decisions.claim_decide, name="claim_decide"),
    path("my/names/<int:pk>/take-back/", claims.name_take_back, name="name_take_back"),
    path("my/organisation/dispute/", claims.claim_create, name="claim_create"),
    path("my/claims/<int:pk>/take-back/", claims.claim_take_back, name="claim_take_back"),
]
