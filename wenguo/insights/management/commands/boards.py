"""`wenguo boards`: leaves every board whose hour has come in the outbox. The worker starts it as a child."""

from typing import Any

from django.core.management.base import BaseCommand

from wenguo.insights.actions.mailing import send_due_boards, tidy_pictures


class Command(BaseCommand):
    help = "Boards in the mail: draws and leaves those whose hour has come."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_due_boards()} boards, {tidy_pictures()} old pictures tidied away")
