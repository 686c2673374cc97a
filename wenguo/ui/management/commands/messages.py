"""`wenguo messages [app …] [--check | --compile]`: the catalogues of the rooms."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wenguo.ui.management import catalogues as cat


class Command(BaseCommand):
    help = "Extracts what users read into each app's catalogues and compiles them. --check only says what is missing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("apps", nargs="*", metavar="app")
        parser.add_argument("--check", action="store_true", help="fail when a catalogue is outdated, blank or doubtful")
        parser.add_argument("--compile", action="store_true", help="only compile what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        every = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("wenguo."))
        chosen = options["apps"] or every
        if unknown := set(chosen) - set(every):
            raise CommandError(f"No such app: {', '.join(sorted(unknown))}. There are: {', '.join(every)}.")
        root = Path(settings.BASE_DIR)
        if options["check"]:
            self._check(chosen, every, root)
            return
        if not options["compile"]:
            self._update(chosen, every, root)
        for app in chosen:
            for language in cat.LANGUAGES:
                if cat.file_of(app, language, root).exists():
                    cat.compile_file(app, language, root)

    def _update(self, chosen: list[str], every: list[str], root: Path) -> None:
        for language in cat.LANGUAGES:
            loaded = {app: cat.load(app, language, root) for app in every}
            for app in chosen:
                new = _fresh(app, loaded, language, root)
                path = cat.file_of(app, language, root)
                if len(new) and cat.save(path, cat.as_text(new, language)):
                    self.stdout.write(f"written: {path.relative_to(root)}")
                elif not len(new) and path.exists():
                    path.unlink()
                loaded[app] = new
                blanks = sum(1 for fault in cat.faults(new) if fault.startswith("no translation"))
                if blanks:
                    self.stdout.write(f"{app}/{language}: {blanks} to translate")

    def _check(self, chosen: list[str], every: list[str], root: Path) -> None:
        wrong: list[str] = []
        for language in cat.LANGUAGES:
            loaded = {app: cat.load(app, language, root) for app in every}
            for app in chosen:
                path = cat.file_of(app, language, root)
                fresh = _fresh(app, loaded, language, root)
                if len(fresh) and (not path.exists() or path.read_bytes() != cat.as_text(fresh, language)):
                    wrong.append(f"{app}/{language}: out of date, run `make messages`")
                wrong += [f"{app}/{language}: {fault}" for fault in cat.faults(fresh)]
            wrong += [f"{language}: {difference}" for difference in cat.differences(loaded)]
        if wrong:
            raise CommandError("\n".join(["The catalogues are not complete:", *wrong]))
        self.stdout.write(f"catalogues complete: {', '.join(chosen)}")


def _fresh(app: str, loaded: dict[str, Catalog], language: str, root: Path) -> Catalog:
    """What the app's catalogue should hold now, given all catalogues as they are."""
    others = [catalogue for name, catalogue in loaded.items() if name != app]
    return cat.updated(cat.extracted(app, root), loaded[app], others, language)
