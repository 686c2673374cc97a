"""How static files are collected: only what is used, every file under a name that changes with its content."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(StaticFilesConfig):
    """Leaves out what no page loads. htmx's extensions also name a module that is not there, which would stop the
    rewriting of imports below."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*", "django_htmx/htm*-4*"]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Our scripts are modules: what they import is hashed too, so that a browser never mixes two releases."""

    support_js_module_import_aggregation = True
