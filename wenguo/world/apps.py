from django.apps import AppConfig


class WorldConfig(AppConfig):
    name = "wenguo.world"
