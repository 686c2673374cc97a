"""What happens without a user: warnings, tasks of people who left, the search index, old idempotency keys."""

from wenguo.complaints.actions.reading import read_file
from wenguo.complaints.actions.search import write_waiting
from wenguo.complaints.actions.watch import bring_task_over, warn_due
from wenguo.complaints.queries.due import clocks_to_warn, tasks_left_behind
from wenguo.complaints.queries.search import files_to_read
from wenguo.lib.now import now
from wenguo.outbox.actions import forget_answers

BATCH = 200
FILES_AT_ONCE = 5  # reading one may take seconds, and others wait


def run_warn_due() -> int:
    """Rings for every clock of ours that used up 75 %, 90 % or all of its time; how many. Costs what is due."""
    return sum(warn_due(clock) for clock in clocks_to_warn(now())[:BATCH])


def run_hand_over_of_deactivated() -> int:
    """Open tasks of people who left go to whoever was named; owned complaints are dispatch's."""
    return sum(bring_task_over(task) for task in tasks_left_behind()[:BATCH])


def run_index() -> int:
    """What was added to complaints comes into the search."""
    return write_waiting()


def run_read_files() -> int:
    """The text of new files comes into the search."""
    return len([read_file(waiting) for waiting in files_to_read()[:FILES_AT_ONCE]])


def run_forget_answers() -> int:
    """Idempotency keys nobody repeats any more."""
    return forget_answers()
