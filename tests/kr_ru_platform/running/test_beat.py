import time

from django.core.cache import cache

from kr_ru_platform.celery import app
from kr_ru_platform.running.beat import HEARTBEAT_KEY, TickingScheduler


def test_scheduler_of_the_settings_says_that_it_ticks(tmp_path) -> None:
    cache.delete(HEARTBEAT_KEY)
    scheduler = (
        app.Beat(schedule=str(tmp_path / "schedule"))
        .Service(app=app, schedule_filename=str(tmp_path / "schedule"), scheduler_cls=app.conf.beat_scheduler)
        .get_scheduler()
    )
    assert isinstance(scheduler, TickingScheduler)
    scheduler.tick(event_t=lambda *entry: entry)
    assert abs(cache.get(HEARTBEAT_KEY) - time.time()) < 5
    scheduler.close()
