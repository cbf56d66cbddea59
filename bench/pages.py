"""Pages against an empty page of the same frame, and the empty page against a bare view, through the whole stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from alongside.people import actions
from alongside.people.models import Account
from alongside.rules import access
from alongside.rules.first_look import questions
from alongside.standard.items import Stage
from alongside.standard.loading import standard
from bench import first_year, starts
from bench.pairs import Measure, count, ratio

CALLS = 10
MOST_QUERIES = 12


def measures() -> Iterator[Measure]:
    """As a visitor, and where it makes a difference as a member who is signed in."""
    access.DOORS |= {"bench-empty": "public.read", "bench-bare": "public.read"}
    call_command("migrate", verbosity=0)
    member = _sign_in(_open_place())
    asked = questions(standard(), Stage.PREPARING)
    answers = urlencode({criterion.id: "1" for criterion in asked})
    pages = {
        "first_look_begin": "/first-look/",
        "first_look_question": f"/first-look/preparing/8/?{answers}",
        "first_look_result": f"/first-look/preparing/result/?{answers}",
        "item_page": "/standard/item/A7.seniority/",
    }
    for who, cookies in (("", {}), ("_signed_in", member)):
        empty = _getter("/bench/empty/", cookies)
        yield ratio(f"empty_page{who}", 6, empty, _getter("/bench/bare/", cookies), CALLS)
        for name, url in pages.items():
            get = _getter(url, cookies)
            yield ratio(f"{name}{who}", 4, get, empty, CALLS)
            yield count(f"{name}{who}_queries", MOST_QUERIES, _queries(get))
    account, organisation = first_year.open_place()
    cookies = _sign_in(account)
    yield from first_year.measures(account, organisation, lambda url: _getter(url, cookies), _queries)
    for line in starts.figures(account, organisation):
        print(f"# {line}", flush=True)


def _open_place() -> Account:
    """A coordinator with an organisation in which nothing has happened yet."""
    account = Account.objects.create_user("bench@example.org", name="Bench")
    facts = {"name": "Noorderhof", "kind": "kind.care", "country": "NL"}
    actions.open_organisation(by=account, stage=Stage.PREPARING, **facts)
    return account


def _sign_in(account: Account) -> dict[str, str]:
    """The cookies of a session."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _getter(url: str, cookies: dict[str, str]) -> Callable[[], object]:
    handler, factory = WSGIHandler(), RequestFactory()
    factory.cookies = SimpleCookie(cookies)

    def get() -> object:
        response = handler.get_response(factory.get(url))
        assert response.status_code == 200, (url, response.status_code)
        return response

    return get


def _queries(get: Callable[[], object]) -> int:
    """Without the commands that begin and end transactions."""
    get()
    with CaptureQueriesContext(connection) as captured:
        get()
    steering = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")
    return sum(not query["sql"].upper().startswith(steering) for query in captured)
