"""The whole sample: technologies, research tasks, partners' network; demo accounts in local mode."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from projects.domain.sample import load_sample_network, load_sample_research_tasks


class Command(BaseCommand):
    help = "Load the sample catalogue and the research tasks of 2019. Doing it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_sample_catalogue", stdout=self.stdout)
        number = load_sample_research_tasks()
        load_sample_network()
        self.stdout.write(f"Research tasks of 2019: {number}.")
