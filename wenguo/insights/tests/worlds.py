"""A made-up world of facts, and every metric counted over it in plain Python: what the expressions are held to."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

Fact = dict[str, Any]
World = dict[str, list[Fact]]
NOW = datetime(2026, 11, 20, 6, 0)  # noqa: DTZ001 - UTC without saying so, as the lake keeps it
DAY = timedelta(days=1)
STATUSES = ["open", "waiting", "handled", "closed", "closed", "closed_with_notice", "not_accepted", "declined",
            "withdrawn", "merged"]  # fmt: skip


def made(number: int, seed: int = 7) -> World:
    """So many complaints with all that hangs on them, the same for the same seed."""
    rng = random.Random(seed)
    world: World = defaultdict(list)
    for key in range(1, number + 1):
        fact = _complaint(rng, key)
        world["complaint"].append(fact)
        world["clock"] += [_clock(rng, fact, rule) for rule in _rules(rng)]
        world["survey"] += [_survey(rng, fact, n) for n in range(rng.choice([0, 1, 1, 2]))]
        world["action"] += [_action(rng, fact, what) for what in ("remedy", "notice", "mark") if rng.random() < 0.4]
        world["event"] += _events(rng, fact)
    return world


def _maybe(rng: random.Random, chance: float, value: Any) -> Any:
    return value if rng.random() < chance else None


def _complaint(rng: random.Random, key: int) -> Fact:
    received = NOW - timedelta(seconds=rng.randrange(500 * 86_400))
    ended = _maybe(rng, 0.7, received + timedelta(seconds=rng.randrange(60 * 86_400)))
    status = rng.choice(STATUSES[3:]) if ended else rng.choice(STATUSES[:3])
    return {
        "complaint": key, "seq": 1, "source": rng.choice(["live", "live", "imported"]), "status": status,
        "received_at": received, "ended_at": ended, "handled_at": _maybe(rng, 0.6, received + rng.random() * 20 * DAY),
        "first_answer_at": _maybe(rng, 0.6, received + rng.random() * 5 * DAY), "is_merged": status == "merged",
        "customer": _maybe(rng, 0.9, rng.randrange(50)), "is_key_customer": rng.random() < 0.3,
        "last_contact_at": _maybe(rng, 0.8, received + rng.random() * 400 * DAY),
        "previous_same_at": _maybe(rng, 0.4, received - rng.random() * 120 * DAY),
        "next_same_at": _maybe(rng, 0.3, received + rng.random() * 90 * DAY),
        "issue": _maybe(rng, 0.9, rng.randrange(9)),
        "channel_path": rng.choice(["/phone/", "/letters/regulator/", "/regulator/", "/web/"]),
        "is_safety": rng.random() < 0.1, "chased": rng.choice([0, 0, 1]), "reopened": rng.choice([0, 0, 0, 1]),
        "misdispatched": rng.choice([0, 0, 1]), "replies_refused": rng.choice([0, 0, 1]),
        "is_upheld": rng.choice([None, True, False]), "reply_accepted": rng.choice([None, None, True, False]),
        "satisfaction": rng.choice([None, None, 1, 3, 4, 5, 5]), "at_first_contact": rng.random() < 0.4,
        "is_reweighed": rng.random() < 0.1, "cost": rng.randrange(90_000), "unit": rng.randrange(1, 9),
        "product": _maybe(rng, 0.8, rng.randrange(5)), "importance": rng.choice(["", "ordinary", "major"]),
        "respondent": None,
    }  # fmt: skip


def _rules(rng: random.Random) -> list[str]:
    known = ["company.whole", "company.ack", "company.stage.cause", "company.stage.resolve", "company.promise",
             "us.cfpb.response", "cn.samr.121.accept"]  # fmt: skip
    return [rule for rule in known if rng.random() < 0.6]


def _clock(rng: random.Random, fact: Fact, rule: str) -> Fact:
    started = fact["received_at"]
    return {
        "complaint": fact["complaint"], "seq": 1, "clock": rng.randrange(10**9), "rule": rule, "source": fact["source"],
        "stage": rule.rsplit(".", 1)[1] if ".stage." in rule else "",
        "duty_holder": "agency" if rule.startswith("cn.samr") and rng.random() < 0.5 else "company",
        "state": rng.choice(["running", "paused", "met", "met", "missed", "cancelled"]),
        "started_at": started, "due_at": started + rng.random() * 40 * DAY,
    }  # fmt: skip


def _survey(rng: random.Random, fact: Fact, number: int) -> Fact:
    answered = _maybe(rng, 0.6, fact["received_at"] + rng.random() * 30 * DAY)
    return {
        "complaint": fact["complaint"], "seq": 1, "way": rng.choice(["call_back", "survey"]), "number": number,
        "state": rng.choice(["done", "due", "not_needed"]), "asked_at": fact["received_at"] + DAY,
        "answered_at": answered, "handling": rng.randint(1, 5) if answered else None,
        "result": rng.randint(1, 5) if answered else None, "product": rng.choice([None, 2]) if answered else None,
        "recommend": rng.randint(0, 10) if answered else None,
    }  # fmt: skip


def _action(rng: random.Random, fact: Fact, what: str) -> Fact:
    promised = fact["received_at"] + 10 * DAY
    return {
        "complaint": fact["complaint"], "seq": 1, "action": rng.randrange(10**9), "what": what, "at": promised - DAY,
        "promised_at": promised, "done_at": _maybe(rng, 0.7, promised + (rng.random() - 0.6) * 10 * DAY),
        "amount": rng.choice([0, 12_300]) if what == "remedy" else None,
    }  # fmt: skip


def _events(rng: random.Random, fact: Fact) -> list[Fact]:
    stages = ["accept", "validity", "classify", "importance", "assign", "cause"][: rng.randint(1, 6)]
    found = []
    for n, (left, entered) in enumerate(pairwise(stages)):
        seconds = rng.randrange(200_000)
        found.append({
            "complaint": fact["complaint"], "seq": fact["complaint"] * 100 + n, "event": entered,
            "at": fact["received_at"] + n * DAY, "from_stage": left, "to_stage": entered, "stage_seconds": seconds,
        })  # fmt: skip
    return found


Sums = tuple[int, int, int, int]
Item = tuple[datetime | None, str | None, int]  # at, part, value


def expected(world: World) -> dict[str, Sums]:
    """met, failed, left out, total of every metric as of NOW, counted by hand."""
    items = {metric: list(count(world)) for metric, count in ORACLE.items()}
    return {metric: _sums(found) for metric, found in items.items()}


def _sums(items: Iterable[Item]) -> Sums:
    counted = [(part, value) for at, part, value in items if at is not None and part is not None and at <= NOW]
    parts = [part for part, _value in counted]
    total = sum(max(0, value) for part, value in counted if part != "left_out")
    return parts.count("met"), parts.count("failed"), parts.count("left_out"), total


def _yes(flag: bool) -> str:
    return "met" if flag else "failed"


def _clocks(wanted: Callable[[Fact], bool]) -> Callable[[World], Iterable[Item]]:
    parts = {"met": "met", "missed": "failed", "running": "failed", "cancelled": "left_out"}
    return lambda world: [(one["due_at"], parts.get(one["state"]), 0) for one in world["clock"] if wanted(one)]


def _share(at: str, flag: Callable[[Fact], bool]) -> Callable[[World], Iterable[Item]]:
    return lambda world: [
        (one[at], "left_out" if one["is_merged"] else _yes(flag(one)), 0) for one in world["complaint"]
    ]


def _repeat(days: int) -> Callable[[World], Iterable[Item]]:
    def count(world: World) -> Iterable[Item]:
        for one in world["complaint"]:
            if one["is_merged"] or one["customer"] is None or one["issue"] is None:
                yield one["received_at"], "left_out", 0
            else:
                before = one["previous_same_at"]
                yield one["received_at"], _yes(bool(before and one["received_at"] - before <= days * DAY)), 0

    return count


def _satisfaction(world: World) -> Iterable[Item]:
    last: dict[int, datetime] = {}
    for answer in world["survey"]:
        if answer["handling"] is not None and answer["answered_at"]:
            key = answer["complaint"]
            last[key] = max(answer["answered_at"], last.get(key, answer["answered_at"]))
    for one in world["complaint"]:
        if one["satisfaction"] is None:
            if one["status"] in ("closed", "closed_with_notice", "not_accepted"):
                yield one["ended_at"], "left_out", 0
        elif one["complaint"] in last:
            yield last[one["complaint"]], _yes(one["satisfaction"] >= 4), 0


def _content(one: Fact) -> bool:
    return bool(one["satisfaction"] >= 4 if one["satisfaction"] is not None else one["reply_accepted"])


def _resolution(world: World) -> Iterable[Item]:
    for one in world["complaint"]:
        if one["status"] not in ("closed", "closed_with_notice", "not_accepted") or not one["ended_at"]:
            continue
        at = one["ended_at"] + 30 * DAY
        if one["satisfaction"] is None and one["reply_accepted"] is None:
            yield at, "left_out", 0
            continue
        again = one["next_same_at"] is not None and one["next_same_at"] <= at
        yield at, _yes(_content(one) and not again and one["reopened"] == 0 and one["status"] == "closed"), 0


def _retention(world: World) -> Iterable[Item]:
    for one in world["complaint"]:
        if one["is_key_customer"] and one["ended_at"] and not one["is_merged"]:
            at = one["ended_at"].replace(year=one["ended_at"].year + 1)
            yield at, _yes(bool(one["last_contact_at"] and one["last_contact_at"] > one["ended_at"])), 0


def _fcr(world: World) -> Iterable[Item]:
    for one in world["complaint"]:
        if not one["is_merged"]:
            at = one["received_at"] + 30 * DAY
            again = one["next_same_at"] is not None and one["next_same_at"] <= at
            done = one["at_first_contact"] and one["status"] in ("handled", "closed") and one["reopened"] == 0
            yield at, _yes(done and _content(one) and not again), 0


def _seconds(one: Fact, end: str) -> int:
    return int(_epoch(one[end]) - _epoch(one["received_at"])) if one[end] else 0


def _epoch(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp() // 1)


def _answers(column: str) -> Callable[[World], Iterable[Item]]:
    return lambda world: [
        (one["answered_at"], "met", one[column]) for one in world["survey"] if one[column] is not None
    ]


def _funnel(world: World) -> Iterable[Item]:
    reached: dict[int, set[str]] = defaultdict(lambda: {"accept"})
    for event in world["event"]:
        reached[event["complaint"]].add(event["to_stage"])
    for one in world["complaint"]:
        if not one["is_merged"]:
            yield from ((one["received_at"], "met", 0) for _stage in reached[one["complaint"]])


def _nps(world: World) -> Iterable[Item]:
    for one in world["survey"]:
        if one["recommend"] is not None:
            said = "met" if one["recommend"] >= 9 else "failed" if one["recommend"] <= 6 else "neither"
            yield one["answered_at"], said, 1


def _whole(one: Fact) -> bool:
    return bool(one["rule"] == ("company.whole" if one["source"] == "live" else "us.cfpb.response"))


def _law(one: Fact) -> bool:
    return not one["rule"].startswith("company.") and one["duty_holder"] != "agency" and one["source"] == "live"


def _of(kind: str, give: Callable[[Fact], Item | None]) -> Callable[[World], Iterable[Item]]:
    return lambda world: [item for one in world[kind] if (item := give(one)) is not None]


ORACLE: dict[str, Callable[[World], Iterable[Item]]] = {
    "timeliness": _clocks(_whole),
    "analysis": _clocks(lambda one: one["rule"] == "company.stage.cause"),
    "promises": _clocks(lambda one: one["rule"] == "company.promise"),
    "acknowledged": _clocks(lambda one: one["rule"] == "company.ack"),
    "stage_timeliness": _clocks(lambda one: ".stage." in one["rule"]),
    "law": _clocks(_law),
    "satisfaction": _satisfaction,
    "resolution": _resolution,
    "retention": _retention,
    "fcr": _fcr,
    "repeat_30": _repeat(30),
    "repeat": _repeat(90),
    "received": lambda w: [(o["received_at"], "left_out" if o["is_merged"] else "met", 0) for o in w["complaint"]],
    "ended": _of("complaint", lambda o: None if o["is_merged"] else (o["ended_at"], "met", 0)),
    "first_contact": _share("received_at", lambda o: o["at_first_contact"] and o["status"] in ("handled", "closed")),
    "wrong_priority": _share("received_at", lambda o: o["is_reweighed"]),
    "referred": _share(
        "received_at", lambda o: o["channel_path"].endswith("/regulator/") or o["status"] == "not_accepted"
    ),
    "safety": _share("received_at", lambda o: o["is_safety"]),
    "chased": _share("received_at", lambda o: o["chased"] > 0),
    "returned": _share("received_at", lambda o: o["misdispatched"] > 0),
    "reopened": _share("ended_at", lambda o: o["reopened"] > 0),
    "declined": _share("ended_at", lambda o: o["status"] == "declined"),
    "withdrawn": _share("ended_at", lambda o: o["status"] == "withdrawn"),
    "refused": _of("complaint", lambda o: (o["first_answer_at"], _yes(o["replies_refused"] > 0), 0)),
    "upheld": _of("complaint", lambda o: None if o["is_upheld"] is None else (o["ended_at"], _yes(o["is_upheld"]), 0)),
    "improved": _of("action", lambda o: (o["at"], "met", 0) if o["what"] == "mark" else None),
    "notices": _of(
        "action",
        lambda o: (
            (o["promised_at"], _yes(bool(o["done_at"] and o["done_at"] <= o["promised_at"])), 0)
            if o["what"] == "notice"
            else None
        ),
    ),
    "answered": _of(
        "survey",
        lambda o: None if o["state"] == "not_needed" else (o["asked_at"], _yes(o["handling"] is not None), 0),
    ),
    "score_handling": _answers("handling"),
    "score_result": _answers("result"),
    "score_product": _answers("product"),
    "nps": _nps,
    "handling_time": _of(
        "complaint", lambda o: None if o["is_merged"] else (o["handled_at"], "met", _seconds(o, "handled_at"))
    ),
    "first_answer_time": _of("complaint", lambda o: (o["first_answer_at"], "met", _seconds(o, "first_answer_at"))),
    "stage_time": _of("event", lambda o: (o["at"], "met", o["stage_seconds"])),
    "moves": _of("event", lambda o: (o["at"], "met", o["stage_seconds"])),
    "funnel": _funnel,
    "compensation": _of("action", lambda o: (o["done_at"], "met", o["amount"]) if o["amount"] else None),
    "cost": _of("complaint", lambda o: None if o["is_merged"] else (o["ended_at"], "met", o["cost"])),
}
