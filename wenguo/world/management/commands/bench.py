"""`wenguo bench MEASUREMENT [--json]`: each measurement is a module of `wenguo.world.bench`."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.core.management.base import BaseCommand

from wenguo.world.bench import lake, lifecycle, load, memory, read
from wenguo.world.bench.report import Figures


class Measurement(Protocol):
    """`measure` tells its progress line by line and returns figures that fit into JSON."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...
    def measure(self, options: Mapping[str, Any], tell: Callable[[str], object]) -> Figures: ...


MEASUREMENTS: dict[str, Measurement] = {
    "lake": lake,
    "lifecycle": lifecycle,
    "load": load,
    "memory": memory,
    "read": read,
}


class Command(BaseCommand):
    help = "Measures this installation. What it writes stays: use a database made for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_subparsers(dest="measurement", required=True, metavar="MEASUREMENT")
        for name, measurement in MEASUREMENTS.items():
            one = which.add_parser(name, help=measurement.HELP)
            one.add_argument("--json", action="store_true", help="print the figures as one JSON object")
            measurement.add_arguments(one)

    def handle(self, *args: Any, **options: Any) -> None:
        measurement = MEASUREMENTS[options["measurement"]]
        figures = measurement.measure(options, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value if not isinstance(value, dict) else json.dumps(value)}")
