import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    return membership


def test_owner_confirms_and_declines(client, owner):
    yes, no = (MembershipFactory(organisation=owner.organisation, role="member", state="pending") for _n in "12")
    client.post(reverse("membership_confirm", args=[yes.pk]))
    question = client.get(reverse("membership_remove", args=[no.pk]))
    assert no.user.full_name in question.context["question"]
    assert Membership.objects.count() == 3
    client.post(reverse("membership_remove", args=[no.pk]))
    assert list(Membership.objects.order_by("pk").values_list("pk", "state")) == [
        (owner.pk, "active"),
        (yes.pk, "active"),
    ]


def test_last_owner_who_leaves_is_told_why_not(client, owner):
    response = client.post(reverse("membership_remove", args=[owner.pk]), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Membership.objects.filter(pk=owner.pk).exists()


def test_owner_invites_and_the_invited_accepts(client, owner):
    url = reverse("invitation_create", args=[owner.organisation_id])
    assert client.post(url, {"email": "not an address", "role": "member"}).status_code == 200
    assert client.post(url, {"email": owner.user.email, "role": "member"}).context["form"].errors
    client.post(url, {"email": "friend@example.org", "role": "member"})
    invitation = Invitation.objects.get()
    client.force_login(UserFactory(email="friend@example.org"))
    assert 'id="invitation-' in client.get("/workspace/").content.decode()
    client.post(reverse("invitation_answer", args=[invitation.pk, "accept"]))
    assert Membership.objects.filter(user__email="friend@example.org", state="active").count() == 1


def test_strangers_and_ordinary_members_change_nothing(client, owner):
    colleague = MembershipFactory(organisation=owner.organisation, role="member")
    invitation = Invitation.objects.create(organisation=owner.organisation, email="friend@example.org")
    urls = {
        reverse("membership_confirm", args=[owner.pk]): (404, 403),
        reverse("membership_role", args=[owner.pk]): (404, 403),
        reverse("membership_remove", args=[owner.pk]): (404, 403),
        reverse("invitation_create", args=[owner.organisation_id]): (404, 403),
        reverse("invitation_withdraw", args=[invitation.pk]): (404, 404),
        reverse("invitation_renew", args=[invitation.pk]): (404, 404),
        reverse("invitation_answer", args=[invitation.pk, "accept"]): (404, 404),
    }
    for place, user in enumerate([create_member(), colleague.user]):
        client.force_login(user)
        data = {"role": "owner", "email": "x@example.org"}
        assert {url: client.post(url, data).status_code for url in urls} == {u: s[place] for u, s in urls.items()}
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "만료되었습니다."), ("ru", "Срок действия приглашения истёк"), ("en", "expired on")]
)
def test_invited_person_is_told_that_the_invitation_expired(client, owner, language, words):
    friend = UserFactory(email="friend@example.org")
    invitation = Invitation.objects.create(
        organisation=owner.organisation, email=friend.email, invited_by=owner.user, expires_at=timezone.now()
    )
    client.force_login(friend)
    page = client.get(reverse("my_organisation"), headers={"accept-language": language}).content.decode()
    assert words in page and reverse("invitation_answer", args=[invitation.pk, "accept"]) not in page
    client.post(reverse("invitation_answer", args=[invitation.pk, "accept"]))
    assert not Membership.objects.filter(user=friend).exists()
    client.post(reverse("invitation_answer", args=[invitation.pk, "decline"]))
    assert not Invitation.objects.exists()


def test_owner_withdraws_and_the_invited_person_is_told(client, owner):
    friend = UserFactory(email="friend@example.org")
    invitation = Invitation.objects.create(organisation=owner.organisation, email=friend.email, invited_by=owner.user)
    assert f"/invitations/{invitation.pk}/renew/" in client.get(reverse("my_organisation")).content.decode()
    client.post(reverse("invitation_withdraw", args=[invitation.pk]))
    assert friend.email not in client.get(reverse("my_organisation")).content.decode()
    client.force_login(friend)
    page = client.get(reverse("my_organisation"), headers={"accept-language": "en"}).content.decode()
    assert "This invitation has been withdrawn." in page


def test_owner_renews_what_has_expired(client, owner):
    invitation = Invitation.objects.create(
        organisation=owner.organisation, email="friend@example.org", expires_at=timezone.now()
    )
    client.post(reverse("invitation_renew", args=[invitation.pk]))
    assert Invitation.objects.valid().get().invited_by == owner.user
    assert [message.to for message in mail.outbox] == [["friend@example.org"]]
