from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "wenguo.dispatch"
