"""One policy: who may see and do what, and why. The same table refuses, allows and explains.

Pure data and two functions; `web/access.py` is the only place that asks. A door (the name of a page) without a
permission is a fault that a test finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What someone is in an organisation. One person may have several."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    PROJECT_GROUP = "project-group"
    BOARD = "board"
    MANAGER = "manager"
    HR = "hr"
    TEAM_MEMBER = "team-member"
    PEER_WORKER = "peer-worker"
    CLIENT_REPRESENTATIVE = "client-representative"
    RELATIVE = "relative"
    RESEARCHER = "researcher"


def gettext_noop(text: str) -> str:
    """Marks words that the pages translate; pure rules have one language."""
    return text


class Reach(StrEnum):
    """How far a permission reaches."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"
    MEMBERS = "members"


EVERY_ROLE = frozenset(Role)
INSIDE = EVERY_ROLE - {Role.RESEARCHER}
STEERING = frozenset({Role.ADMIN, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Permission:
    """What is seen or done, by whom, and why that is right. `roles` counts only where `reach` is members."""

    name: str
    what: str
    why: str
    reach: Reach
    roles: frozenset[Role] = frozenset()
    item: str = ""
    """The item of the standard that speaks for it, where there is one."""


POLICY = {
    permission.name: permission
    for permission in (
        Permission(
            "public.read",
            gettext_noop("Read the standard, take a first look, read what this site does with data"),
            gettext_noop("The standard belongs to everyone, and a first look stores nothing"),
            Reach.ANYONE,
        ),
        Permission(
            "account.open",
            gettext_noop("Make an account, sign in, ask for a new password"),
            gettext_noop("These pages never tell whether an address has an account here"),
            Reach.ANYONE,
        ),
        Permission(
            "account.own",
            gettext_noop("Change one's own name, address, password, second factor and mail; close one's account"),
            gettext_noop("Nobody else, not even an administrator, can sign in for someone"),
            Reach.SIGNED_IN,
        ),
        Permission(
            "organisation.open",
            gettext_noop("Open a place for an organisation and keep a first look in it"),
            gettext_noop("Whoever begins the work should not have to ask first"),
            Reach.SIGNED_IN,
        ),
        Permission(
            "organisation.see",
            gettext_noop("See where the organisation stands, and its first looks"),
            gettext_noop(
                "A first look is about the organisation, not about a person; everyone inside may know where it stands"
            ),
            Reach.MEMBERS,
            INSIDE,
            "A2.support-in-organisation",
        ),
        Permission(
            "organisation.change",
            gettext_noop("Change the organisation's name, kind and stage; keep or remove a first look"),
            gettext_noop("Those who steer the work keep its facts in order"),
            Reach.MEMBERS,
            STEERING | {Role.PROJECT_GROUP},
            "A2.project-group",
        ),
        Permission(
            "organisation.leave",
            gettext_noop("Leave the organisation"),
            gettext_noop("Nobody is held back, and nobody has to say why"),
            Reach.MEMBERS,
            EVERY_ROLE,
        ),
        Permission(
            "record.see",
            gettext_noop("Read the record: who did what, and when, without what was written or answered"),
            gettext_noop(
                "Someone must be able to find out what happened; only the administrators, for it names people"
            ),
            Reach.MEMBERS,
            frozenset({Role.ADMIN}),
        ),
        Permission(
            "rounds.see",
            gettext_noop("See which rounds there are, and the results of those that are closed"),
            gettext_noop("Every answer is answered: whoever can be asked sees what came of it"),
            Reach.MEMBERS,
            INSIDE,
            "A5.learning-climate",
        ),
        Permission(
            "rounds.steer",
            gettext_noop(
                "Open a round, say who is asked, close it, move it to a newer edition, and read what was said by name"
            ),
            gettext_noop("The project group steers the work; it sees no answers before all do"),
            Reach.MEMBERS,
            STEERING | {Role.PROJECT_GROUP},
            "A2.project-group",
        ),
        Permission(
            "answers.own",
            gettext_noop("Read, change and delete what one answered for oneself alone"),
            gettext_noop("It is sealed for its owner: no role opens it, nothing counts it, no result shows it"),
            Reach.SIGNED_IN,
        ),
        Permission(
            "agreement.see",
            gettext_noop("See what was agreed after a round, with its evidence; say what one sees otherwise"),
            gettext_noop("A dissent belongs beside what was agreed, whoever it comes from"),
            Reach.MEMBERS,
            INSIDE,
            "A2.support-in-organisation",
        ),
        Permission(
            "agreement.change",
            gettext_noop("Agree on a step after a round, add evidence, tell those who answered"),
            gettext_noop("The project group agrees, with peer workers and clients in it"),
            Reach.MEMBERS,
            STEERING | {Role.PROJECT_GROUP},
            "A2.project-group",
        ),
        Permission(
            "roadmap.see",
            gettext_noop("See the roadmap: what is planned, by whom and by when, what it takes and what is done"),
            gettext_noop(
                "What everyone carries, everyone may know. Who took on a step can say how far it is, of that step only"
            ),
            Reach.MEMBERS,
            INSIDE,
            "C.start-small",
        ),
        Permission(
            "roadmap.change",
            gettext_noop("Put steps on the roadmap, say who does them, change and move them"),
            gettext_noop("The project group plans together with those who lead the teams in which it happens"),
            Reach.MEMBERS,
            STEERING | {Role.PROJECT_GROUP, Role.MANAGER},
            "A2.project-group",
        ),
        Permission(
            "welcomes.see",
            gettext_noop("See the welcome of a colleague, if one has a part in it or steers it; tick off what is done"),
            gettext_noop(
                "That someone begins as a peer worker reveals health: only those who prepare the welcome know"
            ),
            Reach.MEMBERS,
            INSIDE,
            "A8.contact-person",
        ),
        Permission(
            "welcomes.prepare",
            gettext_noop("Prepare the welcome of a colleague: team, role, first day, and who has a part in it"),
            gettext_noop("The one who leads the team prepares it, with those who steer the work; no newcomer is named"),
            Reach.MEMBERS,
            STEERING | {Role.MANAGER},
            "A8.contact-person",
        ),
        Permission(
            "reports.see",
            gettext_noop("Read, print and download the reports for the board, the project group and teams"),
            gettext_noop("They say nothing that the pages do not say: no small group, and nobody who answered"),
            Reach.MEMBERS,
            INSIDE,
            "A2.support-in-organisation",
        ),
        Permission(
            "people.see",
            gettext_noop("See who has an account in the organisation, with name, address and role"),
            gettext_noop("A role as peer worker reveals health, so only those who give roles see the list"),
            Reach.MEMBERS,
            STEERING,
        ),
        Permission(
            "people.change",
            gettext_noop("Invite people, give and take roles, change teams, bring in people from a table"),
            gettext_noop("The same few people who see the list"),
            Reach.MEMBERS,
            STEERING,
        ),
        Permission(
            "programme.open",
            gettext_noop("Open a programme, and see of its organisations what each of them lets it see"),
            gettext_noop("Each organisation decides for itself, for a time; a programme sees figures and never people"),
            Reach.SIGNED_IN,
        ),
        Permission(
            "programmes.grant",
            gettext_noop("Let a programme see where the organisation stands, change that or end it"),
            gettext_noop("Whoever answers for the organisation decides what leaves it"),
            Reach.MEMBERS,
            STEERING | {Role.BOARD},
        ),
    )
}

DOORS = {
    "home": "public.read",
    "about": "public.read",
    "who-sees-what": "public.read",
    "choices": "public.read",
    "first-look": "public.read",
    "first-look-question": "public.read",
    "first-look-result": "public.read",
    "first-look-keep": "organisation.open",
    "kit": "public.read",
    "kit-sheet": "public.read",
    "kit-file": "public.read",
    "standard": "public.read",
    "standard-part": "public.read",
    "standard-item": "public.read",
    "standard-matrix": "public.read",
    "standard-glossary": "public.read",
    "standard-search": "public.read",
    "organisation-new": "organisation.open",
    "organisation": "organisation.see",
    "organisation-item": "organisation.see",
    "organisation-change": "organisation.change",
    "organisation-first-look": "organisation.see",
    "organisation-first-look-remove": "organisation.change",
    "people": "people.see",
    "people-invite": "people.change",
    "people-uninvite": "people.change",
    "people-role": "people.change",
    "people-import": "people.change",
    "people-import-confirm": "people.change",
    "people-import-template": "people.change",
    "teams": "people.see",
    "team-add": "people.change",
    "team-change": "people.change",
    "organisation-programmes": "programmes.grant",
    "programme-grant-end": "programmes.grant",
    "programmes": "programme.open",
    "programme": "programme.open",
    "programme-convene": "programme.open",
    "programme-figures": "programme.open",
    "programme-leave": "programme.open",
    "invitation": "public.read",
    "rounds": "rounds.see",
    "round": "rounds.see",
    "round-new": "rounds.steer",
    "round-close": "rounds.steer",
    "round-remind": "rounds.steer",
    "round-ask-more": "rounds.steer",
    "round-paper": "rounds.steer",
    "round-move": "rounds.steer",
    "round-move-undo": "rounds.steer",
    "round-confirm": "rounds.steer",
    "agreement": "agreement.see",
    "agreement-question": "agreement.see",
    "agreement-agree": "agreement.change",
    "agreement-undisputed": "agreement.change",
    "dissent": "agreement.see",
    "dissent-take-back": "agreement.see",
    "round-tell": "agreement.change",
    "reports": "reports.see",
    "report": "reports.see",
    "report-file": "reports.see",
    "evidence": "agreement.see",
    "evidence-file": "agreement.see",
    "evidence-give": "agreement.change",
    "evidence-use": "agreement.change",
    "evidence-stop": "agreement.change",
    "evidence-remove": "agreement.change",
    "roadmap": "roadmap.see",
    "roadmap-timeline": "roadmap.see",
    "roadmap-board": "roadmap.see",
    "roadmap-move": "roadmap.see",
    "roadmap-propose": "roadmap.change",
    "step": "roadmap.see",
    "step-new": "roadmap.change",
    "welcomes": "welcomes.see",
    "welcome": "welcomes.see",
    "welcome-step": "welcomes.see",
    "welcome-new": "welcomes.prepare",
    "welcome-change": "welcomes.prepare",
    "welcome-remove": "welcomes.prepare",
    "answer": "public.read",
    "answer-begin": "public.read",
    "answer-question": "public.read",
    "answer-section": "public.read",
    "answer-sheet": "public.read",
    "answer-end": "public.read",
    "answer-own": "answers.own",
    "answer-own-section": "answers.own",
    "answer-own-remove": "answers.own",
    "demo-sign-in": "public.read",
    "account-name": "account.own",
    "account-mail": "account.own",
    "account-close": "account.own",
    "mail-off": "public.read",
    "organisation-leave": "organisation.leave",
    "record": "record.see",
    "record-table": "record.see",
    "account_login": "account.open",
    "account_signup": "account.open",
    "account_logout": "account.own",
    "account_inactive": "account.open",
    "account_reauthenticate": "account.own",
    "account_email": "account.own",
    "account_change_password": "account.own",
    "account_set_password": "account.own",
    "account_email_verification_sent": "account.open",
    "account_confirm_login_code": "account.open",
    "account_reset_password": "account.open",
    "account_reset_password_done": "account.open",
    "account_reset_password_from_key": "account.open",
    "account_reset_password_from_key_done": "account.open",
    "mfa_index": "account.own",
    "mfa_authenticate": "account.open",
    "mfa_reauthenticate": "account.own",
    "mfa_activate_totp": "account.own",
    "mfa_deactivate_totp": "account.own",
    "mfa_generate_recovery_codes": "account.own",
    "mfa_view_recovery_codes": "account.own",
    "mfa_download_recovery_codes": "account.own",
}
"""Every page and what it takes to enter it."""


def allows(permission: str, *, signed_in: bool, roles: Iterable[Role] = ()) -> bool:
    """Whether someone with these `roles` in the organisation concerned may do it. Raises KeyError if unknown."""
    rule = POLICY[permission]
    match rule.reach:
        case Reach.ANYONE:
            return True
        case Reach.SIGNED_IN:
            return signed_in
        case Reach.MEMBERS:
            return signed_in and not rule.roles.isdisjoint(roles)


def permitted(roles: Iterable[Role]) -> list[Permission]:
    """Every permission that these roles give inside an organisation, in the order of the policy."""
    held = frozenset(roles)
    return [rule for rule in POLICY.values() if rule.reach is Reach.MEMBERS and not rule.roles.isdisjoint(held)]
