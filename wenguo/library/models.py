"""What is written once and used often: articles, text modules, message templates, words to avoid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenguo.process.models import Named, language_suffix


class TextModule(Named):
    """A ready-made passage for replies and notes, found by `::` and its shortcut."""

    shortcut = models.CharField(max_length=40, unique=True)
    body_zh = models.TextField()
    body_en = models.TextField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["shortcut"]

    @property
    def body(self) -> str:
        return self.body_en if language_suffix() == "en" else self.body_zh


class MessageTemplate(Named):
    """The wording of one kind of message to complainants; `{reference}` and the like are filled in."""

    kind = models.CharField(max_length=40, unique=True)
    values = models.JSONField(default=list, blank=True)  # the placeholders this kind of message fills
    subject_zh = models.CharField(max_length=200)
    subject_en = models.CharField(max_length=200)
    body_zh = models.TextField()
    body_en = models.TextField()

    class Meta:
        ordering = ["pk"]


class Article(Named):
    """A published answer, for colleagues or for everybody."""

    class Audience(models.TextChoices):
        STAFF = "staff", _("Colleagues")
        PUBLIC = "public", _("Everybody")

    code = models.SlugField(max_length=60, unique=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.STAFF)
    body_zh = models.TextField()
    body_en = models.TextField()
    # by which a complainant's words find it: words, and codes of the issue tree
    keywords = models.JSONField(default=list, blank=True)
    issues = models.JSONField(default=list, blank=True)
    is_published = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def body(self) -> str:
        return self.body_en if language_suffix() == "en" else self.body_zh


class AvoidedWord(models.Model):
    """A word that inflames; the composer warns while writing."""

    word = models.CharField(max_length=60, unique=True)
    better_zh = models.CharField(max_length=200, blank=True)
    better_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    @property
    def better(self) -> str:
        return self.better_en if language_suffix() == "en" else self.better_zh
