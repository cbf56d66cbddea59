"""Links to answer with. A token leaves this module once, to be mailed or printed; only its hash stays.

The slots behind the links are made together and shuffled, so that neither the order of rows nor a transaction tells
whose is whose.
"""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from alongside.assessment.models import Asked, Response, Round, RoundGroup

OFFICIAL, NAMED, SEALED, PRIVATE = "official", "named", "sealed", "private"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that can be mistaken for another letter on paper


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that asks people, with its links: (address, token) to mail, key of a group → tokens to print."""

    round: Round
    letters: tuple[tuple[str, str], ...]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joint: frozenset[str] = frozenset()
    """The tokens that several people share."""


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one group, and the slots behind them that are not kept yet."""

    group: RoundGroup
    slots: tuple[Response, ...]
    letters: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    joint: bool = False


def own_links(group: RoundGroup, emails: Iterable[str], printed: int) -> Links:
    """A link for each address and each sheet of paper, for groups that answer by name or sealed."""
    mailed = tuple((email, new_token()) for email in emails)
    codes = tuple(new_token() for _ in range(printed))
    label = (lambda email: email) if group.regime == NAMED else (lambda email: "")
    slots = [_slot(group, token, label=label(email)) for email, token in mailed]
    slots += [_slot(group, token) for token in codes]
    return Links(group, tuple(slots), mailed, codes)


def joint_link(group: RoundGroup, emails: Iterable[str], printed: int, *, label: str) -> Links:
    """One link for all of a group that gives a joint answer."""
    token = new_token()
    letters = tuple((email, token) for email in emails)
    return Links(group, (_slot(group, token, label=label),), letters, (token,) if printed else (), joint=True)


def keep(round_: Round, made: Sequence[Links]) -> Opened:
    """Keep the slots of all these links, shuffled, and hand out what is to be mailed and printed."""
    shuffler = random.SystemRandom()
    slots = [slot for links in made for slot in links.slots]
    letters = [letter for links in made for letter in links.letters]
    shuffler.shuffle(slots)
    shuffler.shuffle(letters)
    Response.objects.across(because="a round that was found or made within a scope").bulk_create(slots)
    codes = {links.group.key: links.codes for links in made if links.codes}
    joint = frozenset(token for links in made if links.joint for _, token in links.letters)
    joint |= {token for links in made if links.joint for token in links.codes}
    return Opened(round_, tuple(letters), codes, joint)


def note_asked(group: RoundGroup, emails: Iterable[str], *, waiting: bool = False) -> None:
    """Keep which addresses were asked, in the order of the alphabet; never which link went where."""
    rows = [Asked(group=group, email=email, waiting=waiting) for email in sorted(emails)]
    Asked.objects.across(because="a round that was found or made within a scope").bulk_create(rows)


def new_token() -> str:
    """Sixteen letters in groups of four: 79 bits, and short enough to be typed from paper."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def hash_of(token: str) -> str:
    """What is kept of a token, however it was typed."""
    return hashlib.sha256("".join(token.upper().split()).replace("-", "").encode()).hexdigest()


def find_response(*, token: str) -> Response:
    """The response behind a link, with its group and round. Raises Response.DoesNotExist."""
    slots = Response.objects.across(because="whoever holds the link need not be a member")
    whole = slots.select_related("group__round__org", "group__round__edition", "group__round__move")
    return whole.get(token_hash=hash_of(token))


def _slot(group: RoundGroup, token: str, *, label: str = "") -> Response:
    return Response(group=group, regime=group.regime, label=label, token_hash=hash_of(token))
