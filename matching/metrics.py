"""The figures of /metrics, read anew each time they are asked for.

No counters of processes: there are several web servers, and what counts stands in the database.
"""

import time
from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from kr_ru_platform.running.watching import machine_state
from kr_ru_platform.running.watching.task_records import watched_records
from matching.domain import backlog


def text() -> bytes:
    registry = CollectorRegistry()
    registry.register(PortalFigures())
    return bytes(generate_latest(registry))


class PortalFigures:
    def collect(self) -> Iterator[Metric]:
        yield from self.programs()
        yield from self.work()
        yield from self.tasks()
        yield from self.mail()
        yield from self.disks()

    def programs(self) -> Iterator[Metric]:
        ages = GaugeMetricFamily(
            "portal_heartbeat_age_seconds", "Since the program last said that it lives.", labels=["program"]
        )
        for name, age in machine_state.heartbeat_ages().items():
            if age is not None:
                ages.add_metric([name], age)
        yield ages
        queued = machine_state.queued_tasks()
        if queued is not None:
            yield GaugeMetricFamily("portal_queued_tasks", "Messages that no worker has taken yet.", value=queued)

    def work(self) -> Iterator[Metric]:
        count = GaugeMetricFamily("portal_waiting_rows", "Rows that wait for the worker.", labels=["kind"])
        age = GaugeMetricFamily(
            "portal_oldest_waiting_row_age_seconds", "Since the oldest of them was changed.", labels=["kind"]
        )
        for row in backlog.waiting_work():
            count.add_metric([row.code], row.count)
            waited = (timezone.now() - row.oldest_at).total_seconds() if row.oldest_at else 0.0
            age.add_metric([row.code], max(0.0, waited))
        yield count
        yield age
        unreadable = GaugeMetricFamily("portal_unreadable_rows", "Rows that could not be indexed.", labels=["kind"])
        for kind, number in backlog.unreadable_counts().items():
            unreadable.add_metric([kind], number)
        yield unreadable
        problem = float(bool(backlog.encoder_problem()))
        yield GaugeMetricFamily("portal_encoder_unavailable", "1 when the encoder cannot be loaded.", value=problem)

    def tasks(self) -> Iterator[Metric]:
        good = GaugeMetricFamily(
            "portal_task_last_success_timestamp_seconds", "When the task last went through.", labels=["task"]
        )
        attempts = GaugeMetricFamily("portal_task_attempts", "Beginnings since then.", labels=["task"])
        for record in watched_records():
            if record.succeeded_at is not None:
                good.add_metric([record.name], record.succeeded_at)
            attempts.add_metric([record.name], record.attempts)
        yield good
        yield attempts
        yield GaugeMetricFamily("portal_time_seconds", "The clock of the portal.", value=time.time())

    def mail(self) -> Iterator[Metric]:
        figures = machine_state.mail_figures()
        age = (timezone.now() - figures.oldest_at).total_seconds() if figures.oldest_at else 0.0
        yield GaugeMetricFamily("portal_unsent_mails", "E-mails that wait to be sent.", value=figures.waiting)
        yield GaugeMetricFamily("portal_oldest_unsent_mail_age_seconds", "Since it was written.", value=max(0.0, age))
        yield GaugeMetricFamily("portal_failed_mails", "E-mails given up after all attempts.", value=figures.failed)

    def disks(self) -> Iterator[Metric]:
        free = GaugeMetricFamily("portal_disk_free_bytes", "Free on the disk of a folder.", labels=["folder"])
        total = GaugeMetricFamily("portal_disk_size_bytes", "Size of the disk of a folder.", labels=["folder"])
        for room in machine_state.rooms():
            free.add_metric([room.code], room.free)
            total.add_metric([room.code], room.total)
        yield free
        yield total
        yield GaugeMetricFamily(
            "portal_database_size_bytes", "The database on its disk.", value=machine_state.database_bytes()
        )
