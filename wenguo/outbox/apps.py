from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "wenguo.outbox"
