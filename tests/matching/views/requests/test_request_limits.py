import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kr_ru_platform.models import Mail
from kr_ru_platform.running.mail.mail_sending import send_waiting
from matching.models import MatchRequest, RequestEvent
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db

KOREAN = {"accept-language": "ko"}


def test_messages_are_limited_and_what_was_typed_stays(client, settings) -> None:
    settings.THROTTLING = {"message": {"sender": (2, 3600)}}
    match_request = MatchRequestFactory()
    client.force_login(match_request.requested_by)
    url = reverse("match_request_detail", args=[match_request.pk])
    answers = [client.post(url, {"body": f"No. {number}"}, headers=KOREAN) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "No. 2" in answers[2].content.decode() and "다시 시도하세요." in answers[2].content.decode()
    assert RequestEvent.objects.count() == 2


def test_the_centre_writes_as_much_as_it_needs(client, settings) -> None:
    settings.THROTTLING = {"message": {"sender": (1, 3600), "organisation": (1, 3600), "thread": (1, 3600)}}
    match_request = MatchRequestFactory()
    client.force_login(create_staff())
    url = reverse("match_request_detail", args=[match_request.pk])
    assert [client.post(url, {"body": "answer"}).status_code for _time in range(3)] == [302, 302, 302]


def test_match_requests_are_limited_by_company(client, settings) -> None:
    settings.THROTTLING = {"match request": {"organisation": (1, 3600)}}
    member = create_member()
    client.force_login(member)
    form = {"organisation": member.memberships.get().organisation_id, "message": "시제품을 원합니다."}
    answers = [
        client.post(reverse("match_request_create", args=[TechnologyFactory().pk]), form, headers=KOREAN)
        for _time in range(2)
    ]
    assert [answer.status_code for answer in answers] == [302, 429]
    assert "시제품을 원합니다." in answers[1].content.decode()
    assert MatchRequest.objects.count() == 1


@pytest.mark.parametrize("body", ["{% y %}", "{{7*7}}", '{{ "a"|center:"3000000" }}', "{% for x in y %}{{"])
def test_message_with_template_signs_is_posted_with_its_file_and_mailed_as_typed(client, settings, body) -> None:
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    match_request = MatchRequestFactory(owner=create_staff())
    client.force_login(match_request.requested_by)
    file = SimpleUploadedFile("drawing.pdf", b"%PDF-1.4 x", content_type="application/pdf")
    response = client.post(reverse("match_request_detail", args=[match_request.pk]), {"body": body, "files": [file]})
    assert response.status_code == 302
    event = RequestEvent.objects.get()
    assert (event.body, [row.name for row in event.attachments.all()]) == (body, ["drawing.pdf"])
    assert send_waiting() == 1
    assert body in Mail.objects.get().body
