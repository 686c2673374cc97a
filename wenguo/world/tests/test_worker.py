"""The loop of jobs and what it tells about itself."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from wenguo.lib.now import written_now
from wenguo.world import actions
from wenguo.world.jobs import Loop, run_all_once, run_job
from wenguo.world.models import JobRun

pytestmark = pytest.mark.django_db


def broken() -> int:
    raise ValueError("the disk is full")


def test_a_failing_job_is_noted_and_stops_no_other() -> None:
    done: list[str] = []
    failed = run_all_once([("broken", 1, broken), ("fine", 1, lambda: done.append("fine"))])
    assert failed == ["broken"]
    assert done == ["fine"]
    assert "the disk is full" in JobRun.objects.get(name="broken").last_error


def test_a_finished_job_leaves_its_times() -> None:
    assert run_job("fine", lambda: 3)
    run = JobRun.objects.get(name="fine")
    assert run.finished_at is not None
    assert run.finished_at >= run.started_at


def test_the_loop_ends_after_the_running_job() -> None:
    loop = Loop([])
    loop.jobs = [("last", 60, lambda: loop.stop.set()), ("never", 60, broken)]
    loop.run()
    assert not JobRun.objects.filter(name="never").exists()


def test_healthz_wants_a_heartbeat(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["worker"] == "never seen"


def test_healthz_is_well_after_a_heartbeat(client: Client) -> None:
    actions.note_heartbeat()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}


def test_healthz_says_how_long_the_worker_is_silent(client: Client) -> None:
    JobRun.objects.create(name="worker", started_at=written_now() - timedelta(minutes=5))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["worker"].startswith("silent for 30")


def test_a_balancer_does_not_mind_a_late_worker(client: Client) -> None:
    assert client.get("/healthz?part=web").status_code == 200


def test_an_unknown_job_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(CommandError, match=r"^No such job: delivr\. There are: anchor, .*deliver, "):
        call_command("worker", "--once", "--only", "delivr")
    assert not JobRun.objects.exists()


def test_only_the_named_job_runs() -> None:
    call_command("worker", "--once", "--only", "deliver")
    assert set(JobRun.objects.values_list("name", flat=True)) == {"worker", "deliver"}
