"""The whole portal on one machine: `make run`."""

import hashlib
import time

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connections

from kr_ru_platform.celery import HEARTBEAT_KEY
from kr_ru_platform.embedded import runner
from kr_ru_platform.embedded.address import WebAddress
from kr_ru_platform.embedded.layout import Layout
from kr_ru_platform.running.beat import HEARTBEAT_KEY as BEAT_KEY
from kr_ru_platform.running.schema import bring_up_to_date, refuse_faulty_database
from kr_ru_platform.running.watching import task_records


class Command(BaseCommand):
    help = "Runs the web server, the worker and the clock, with an embedded database and broker if none is named."

    def handle(self, **options: object) -> None:
        started_at = time.monotonic()
        layout, address = Layout.from_environment(), WebAddress.from_environment()
        address.check_free(patience=0)
        bring_up_to_date(self.say)
        # Told here in a sentence; the web server would refuse, too, and be started again and again.
        refuse_faulty_database()
        self.collect_static()
        if settings.DEMO_MODE:
            self.load_sample(layout)
        # Old heartbeats say nothing about the worker and the clock that start now.
        cache.delete(HEARTBEAT_KEY)
        cache.delete(BEAT_KEY)
        task_records.forget()
        connections.close_all()
        self.say(f"Starting the web server, the worker and the clock ({time.monotonic() - started_at:.1f} s so far) …")
        try:
            runner.run(layout, address)
        except (KeyboardInterrupt, SystemExit):
            self.say("Stopped the programs; now the services.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def collect_static(self) -> None:
        state = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                size, changed = storage.size(path), storage.get_modified_time(path)
                state.update(f"{path} {size} {changed.timestamp()}\n".encode())
        stamp = settings.DATA_DIR / "static.stamp"
        if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == state.hexdigest():
            return
        self.say("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(state.hexdigest())

    def load_sample(self, layout: Layout) -> None:
        stamp = layout.data_dir / "sample.stamp"
        if stamp.exists() or "load_sample" not in get_commands():
            return
        self.say("Loading the sample catalogue …")
        call_command("load_sample")
        stamp.write_text("Remove this file to load the sample catalogue again.\n")
