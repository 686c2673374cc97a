from django.apps import AppConfig


class ResolutionConfig(AppConfig):
    name = "wenguo.resolution"
