"""Load the sample technologies; in local mode the demo accounts and their demands too."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.demo.demo_accounts import create_demo_accounts
from accounts.models import Organisation, User
from matching.domain.sample import load_demo_company, load_demo_partner, load_sample_technologies
from matching.nudge import nudge_matching


class Command(BaseCommand):
    help = "Load the sample catalogue. Doing it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        owner = None
        if settings.DEMO_MODE:
            create_demo_accounts()
            owner = User.objects.get(email="staff@demo.example")
        technologies = load_sample_technologies(owner=owner)
        if settings.DEMO_MODE:
            load_demo_company(
                organisation=Organisation.objects.get(external_id="demo-company"),
                member=User.objects.get(email="sme@demo.example"),
            )
            load_demo_partner(organisation=Organisation.objects.get(external_id="demo-institute"))
        nudge_matching()
        self.stdout.write(f"Sample catalogue: {len(technologies)} technologies.")
