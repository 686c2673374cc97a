"""`wenguo files`: writes reports and files for regulators that were asked for. The worker starts it as a child."""

from typing import Any

from django.core.management.base import BaseCommand

from wenguo.insights.actions.papers import write_due_papers
from wenguo.insights.actions.regulator_files import write_due_files


class Command(BaseCommand):
    help = "Registers and reports: writes the files somebody asked for."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_due_papers()} documents, {write_due_files()} files for regulators")
