"""What the house does with people and units. Nothing else writes these rows; everything is audited in `accounts`."""

from wenguo.accounts.actions.founding import Cast, found_cast, found_installation
from wenguo.accounts.actions.invitations import (
    accept_invitation,
    enrol_person,
    invite_again,
    invite_person,
    mail_new_password,
    show_link,
)
from wenguo.accounts.actions.people import (
    change_person,
    deactivate_person,
    grant_role,
    reactivate_person,
    remove_second_step,
    revoke_role,
)
from wenguo.accounts.actions.self_service import (
    end_absence,
    end_session,
    end_sessions,
    make_token,
    note_token_use,
    revoke_token,
    set_absence,
    set_preferences,
)
from wenguo.accounts.actions.units import change_unit, create_unit, deactivate_unit, move_unit, reactivate_unit

__all__ = [
    "Cast",
    "accept_invitation",
    "change_person",
    "change_unit",
    "create_unit",
    "deactivate_person",
    "deactivate_unit",
    "end_absence",
    "end_session",
    "end_sessions",
    "enrol_person",
    "found_cast",
    "found_installation",
    "grant_role",
    "invite_again",
    "invite_person",
    "mail_new_password",
    "make_token",
    "move_unit",
    "note_token_use",
    "reactivate_person",
    "reactivate_unit",
    "remove_second_step",
    "revoke_role",
    "revoke_token",
    "set_absence",
    "set_preferences",
    "show_link",
]
