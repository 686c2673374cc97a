"""Boards of charts a person put together, and by whom they are wanted in the mail."""

from django.core.validators import MaxValueValidator
from django.db import models

from wenguo.accounts.models import User
from wenguo.insights.choices import Often


class Board(models.Model):
    """Charts by name in an order, with the filters they open with. Shared: everybody who sees figures finds it."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    drawings = models.JSONField(default=list)  # values of choices.Drawing
    filters = models.JSONField(default=dict)  # {period, unit, source}
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="insights_board_once")]

    def __str__(self) -> str:
        return self.name


class BoardMail(models.Model):
    """One person wants one board in the mail; drawn with that person's eyes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="mails")
    standard = models.CharField(max_length=20, blank=True)  # a board of the house instead of a person's
    often = models.CharField(max_length=10, choices=Often)
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="insights_board_mail_due")]
        constraints = [
            models.UniqueConstraint(fields=["user", "board"], name="insights_board_mail_once"),
            models.UniqueConstraint(
                fields=["user", "standard"], condition=~models.Q(standard=""), name="insights_standard_mail_once"
            ),
            models.CheckConstraint(
                condition=models.Q(board__isnull=True) ^ models.Q(standard=""), name="insights_board_mail_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.board_id or self.standard} {self.often}"
