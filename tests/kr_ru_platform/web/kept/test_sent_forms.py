import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.models import SentForm
from matching.domain.matches.feedback import put_back
from matching.enums import DemandState
from matching.models import Demand, Feedback, RequestEvent
from projects.models import Outcome
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff
from tests.kr_ru_platform.web.forms import fields_of, filled, page_form

pytestmark = pytest.mark.django_db
PROBLEM = "방열 코팅이 500시간 뒤에 벗겨진다. 접착력이 더 좋은 소재가 필요하다."


@pytest.fixture
def member(client):
    user = create_member()
    client.force_login(user)
    return user


def demand_form(client, **typed):
    return filled(client.get("/demands/new/"), "problem", problem=PROBLEM, action="draft", **typed)


def grown_old():
    SentForm.objects.update(created_at=timezone.now() - timedelta(minutes=2))


def test_second_press_leads_to_what_the_first_made(client, member):
    data = demand_form(client)
    answers = [client.post("/demands/new/", data) for _press in range(2)]
    demand = Demand.objects.get()
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, f"/demands/{demand.pk}/")] * 2


def test_form_that_comes_again_later_asks_and_makes_another_one_on_purpose(client, member):
    data = demand_form(client)
    client.post("/demands/new/", data)
    grown_old()
    answer = client.post("/demands/new/", data)
    assert (answer.status_code, Demand.objects.count()) == (409, 1)
    assert f"/demands/{Demand.objects.get().pk}/" in answer.content.decode()
    client.post("/demands/new/", fields_of(page_form(answer, "send_again")))
    assert [demand.problem for demand in Demand.objects.all()] == [PROBLEM, PROBLEM]


def test_form_gone_back_to_and_changed_asks_as_well(client, member):
    data = demand_form(client)
    client.post("/demands/new/", data)
    answer = client.post("/demands/new/", data | {"problem": PROBLEM + " 급하다.", "action": "open"})
    assert (answer.status_code, Demand.objects.count()) == (409, 1)
    assert "급하다." in answer.content.decode()


def test_same_words_from_another_copy_of_the_form_ask(client, member):
    first, second = demand_form(client), demand_form(client)
    assert first["form_token"] != second["form_token"]
    client.post("/demands/new/", first)
    answer = client.post("/demands/new/", second)
    assert (answer.status_code, Demand.objects.count()) == (409, 1)
    client.post("/demands/new/", fields_of(page_form(answer, "send_again")))
    assert Demand.objects.count() == 2


def test_form_that_was_refused_can_be_sent_again(client, member):
    data = demand_form(client) | {"problem": "", "action": "open"}
    assert client.post("/demands/new/", data).status_code == 200
    assert client.post("/demands/new/", data | {"problem": PROBLEM}).status_code == 302
    assert Demand.objects.get().state == DemandState.OPEN


def test_saving_a_saved_page_once_more_is_a_change_like_any_other(client, member):
    client.post("/demands/new/", demand_form(client))
    demand = Demand.objects.get()
    data = filled(client.get(f"/demands/{demand.pk}/edit/"), "problem", problem="첫째", action="draft")
    assert client.post(f"/demands/{demand.pk}/edit/", data).status_code == 302
    assert client.post(f"/demands/{demand.pk}/edit/", data).status_code == 302
    changed = data | {"problem": "둘째", "revision": int(data["revision"]) + 1}
    assert client.post(f"/demands/{demand.pk}/edit/", changed).status_code == 302
    demand.refresh_from_db()
    assert demand.problem == "둘째"


def test_message_of_a_thread_comes_once(client):
    match_request = MatchRequestFactory()
    client.force_login(create_staff())
    url = f"/requests/{match_request.pk}/"
    data = filled(client.get(url), "body", body="기술 설명서를 보내 드립니다. 확인해 주세요.")
    for _press in range(2):
        assert client.post(url, data).status_code == 302
    assert RequestEvent.objects.filter(match_request=match_request, body=data["body"]).count() == 1


@pytest.fixture
def thread(client):
    """The address of a thread, and its form in a window of its own."""
    url = f"/requests/{MatchRequestFactory().pk}/"
    client.force_login(create_staff())
    return url, lambda body: filled(client.get(url), "body", body=body)


def bodies():
    return list(RequestEvent.objects.exclude(body="").order_by("id").values_list("body", flat=True))


@pytest.mark.parametrize("body", ["네", "확인했습니다.", "Да, согласны"])
def test_few_letters_from_two_windows_at_once_ask(client, thread, body):
    url, window = thread
    first, second = window(body), window(body)
    assert client.post(url, first).status_code == 302
    answer = client.post(url, second)
    assert (answer.status_code, bodies()) == (409, [body])
    client.post(url, fields_of(page_form(answer, "send_again")))
    assert bodies() == [body, body]


def test_few_letters_a_while_later_or_after_something_else_are_sent(client, thread):
    url, window = thread
    client.post(url, window("네"))
    grown_old()
    client.post(url, window("네"))
    client.post(url, window("아니요"))
    client.post(url, window("네"))
    assert bodies() == ["네", "네", "아니요", "네"]


def test_request_for_what_was_requested_already_keeps_the_message(client, member):
    """The view leads on without an error, and yet the words are nowhere."""
    technology = TechnologyFactory()
    url = f"/technologies/{technology.pk}/request/"
    data = filled(client.get(url), "message", message="첫 번째 문의 내용입니다.")
    client.post(url, data)
    grown_old()
    again = filled(client.get(url), "message", message="두 번째로 쓴 다른 문의 내용입니다.")
    answer = client.post(url, again, follow=True)
    [kept] = client.session["kept_posts"]
    assert f"?kept={kept[0]}" in answer.content.decode()
    assert "두 번째로 쓴 다른 문의" in page_form(client.get(f"{url}?kept={kept[0]}"), "message").get_text()


HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def mark(client):
    """mark(form, reason): a technology is taken out of a list, in a part of the page."""
    match = MatchFactory()
    client.force_login(create_member(organisation=match.need.organisation))
    url = f"/matches/{match.pk}/not-relevant/"
    forms = [filled(client.get(url, **HTMX), "text") for _form in range(2)]

    def press(form, text):
        return client.post(url, forms[form] | {"reason": "wrong_field", "text": text}, **HTMX).status_code

    return press


def marks():
    rows = Feedback.objects.filter(verdict="not_relevant").order_by("id")
    return list(rows.values_list("text", flat=True))


def test_another_reason_from_a_part_of_a_page_whose_answer_was_lost_arrives(mark):
    assert [mark(0, text) for text in ("짧은 이유", "짧은 이유", "더 자세히 쓴 이유입니다.", PROBLEM)] == [302] * 4
    assert marks() == ["짧은 이유", "더 자세히 쓴 이유입니다.", PROBLEM]


def test_same_reason_given_again_after_it_was_put_back_arrives(mark, client):
    mark(0, PROBLEM)
    put_back(mark=Feedback.objects.get(), by=User.objects.get(pk=client.session["_auth_user_id"]))
    mark(1, PROBLEM)
    assert marks() == [PROBLEM, PROBLEM]


def test_part_of_a_page_that_is_not_taken_leaves_known_what_arrived_before(client, member):
    data = demand_form(client)
    client.post("/demands/new/", data)
    client.post("/demands/new/", data | {"problem": "", "action": "open"}, **HTMX)
    grown_old()
    assert (client.post("/demands/new/", data).status_code, Demand.objects.count()) == (409, 1)


def test_corrected_file_of_the_same_name_and_size_arrives(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    outcome = OutcomeFactory(status="claimed")
    client.force_login(create_programme_admin())
    url = f"/outcomes/{outcome.pk}/edit/"
    data = filled(client.get(url), "evidence", evidence="시험 성적서를 냅니다.")
    answers = [
        client.post(url, data | {"evidence_file": SimpleUploadedFile("a.pdf", content)})
        for content in (b"%PDF-1.7 one", b"%PDF-1.7 one", b"%PDF-1.7 two")
    ]
    # Gone back to, the page stands on the version before: it is asked, and the new file waits in its form.
    assert [answer.status_code for answer in answers] == [302, 302, 200]
    client.post(url, filled(answers[2], "evidence"))
    assert Outcome.objects.get().evidence_file.read() == b"%PDF-1.7 two"


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_demand():
    user, client = create_member(), Client()
    client.force_login(user)
    data = demand_form(client)
    together, answers = threading.Barrier(2), []

    def press():
        other = Client()
        other.cookies = client.cookies
        together.wait()
        try:
            answers.append(other.post("/demands/new/", data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _press in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, Demand.objects.count()) == ([302, 302], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("body", ["네", PROBLEM])
def test_two_windows_at_the_same_moment_send_one_message(body):
    client, url = Client(), f"/requests/{MatchRequestFactory().pk}/"
    client.force_login(create_staff())
    windows = [filled(client.get(url), "body", body=body) for _window in range(2)]
    together, answers = threading.Barrier(2), []

    def press(data):
        other = Client()
        other.cookies = client.cookies
        together.wait()
        try:
            answers.append(other.post(url, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[data]) for data in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(answers), bodies()) == ([302, 409], [body])
