import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kr_ru_platform.celery import app
from matching import tasks
from matching.domain.intake import technology_imports
from matching.domain.intake.technology_imports import upload_import
from matching.models import TechnologyImport
from matching.tasks import sweep_imports
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_sweep_takes_every_file_that_waits():
    for name in ("a.csv", "b.csv"):
        upload_import(by=create_staff(), file=SimpleUploadedFile(name, b"title,lang\nWire,en\n"), name=name)
    sweep_imports()
    sweep_imports()
    assert list(TechnologyImport.objects.values_list("state", "created_count")) == [("checked", 1)] * 2


def test_upload_works_without_a_broker_and_waits(client, monkeypatch, django_capture_on_commit_callbacks):
    def down(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(app, "send_task", down)
    client.force_login(create_staff())
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/curation/imports/", {"file": SimpleUploadedFile("a.csv", b"title\nWire\n")})
    row = TechnologyImport.objects.get()
    assert (response.status_code, row.state) == (302, "uploaded")
    sweep_imports()
    row.refresh_from_db()
    assert row.state == "checked"


def test_sweep_goes_on_with_other_files_when_one_is_cut_off(monkeypatch):
    first, _second = (
        upload_import(by=create_staff(), file=SimpleUploadedFile("a.csv", b"title,lang\nWire,en\n"), name="a.csv")
        for _time in range(2)
    )
    estimate = technology_imports.estimate_rows

    def cut_off(*, path, name):
        if path.name == first.file.name.rsplit("/", 1)[-1]:
            raise OSError("the disk is away")
        return estimate(path=path, name=name)

    monkeypatch.setattr(technology_imports, "estimate_rows", cut_off)
    sweep_imports()
    assert list(TechnologyImport.objects.order_by("pk").values_list("state", flat=True)) == ["uploaded", "checked"]


def test_a_new_process_of_the_worker_warms_up_beside_its_work(monkeypatch):
    warmed, done = [], threading.Event()

    def warm_up():
        warmed.append(threading.current_thread() is threading.main_thread())
        done.set()

    monkeypatch.setattr(tasks, "warm_up", warm_up)
    tasks._warm_up()
    assert (done.wait(10), warmed) == (True, [False])
