from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "wenguo.insights"
