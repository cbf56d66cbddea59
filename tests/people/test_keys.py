"""Keys for what is somebody's own: sealed, padded, bound to its row; and a canary that tells when they do not fit."""

from __future__ import annotations

from base64 import b64encode

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.canary import check_keys
from alongside.people.keys import BLOCK, WrongKey, decrypt, encrypt, ring
from alongside.people.models import Canary


def key(id_, byte):
    return f"{id_}:{b64encode(bytes([byte]) * 32).decode()}"


OLD, NEW = key("aaaaaaaa", 1), key("bbbbbbbb", 2)


@given(st.binary(max_size=3 * BLOCK))
def test_what_is_sealed_can_be_opened_again(plain):
    assert decrypt(encrypt(plain, about="table.column 1"), about="table.column 1") == plain


def test_the_same_words_are_sealed_differently_each_time():
    assert encrypt(b"same", about="x") != encrypt(b"same", about="x")


@pytest.mark.parametrize("size", [0, 1, BLOCK - 5, BLOCK - 4])
def test_the_length_says_nothing(size):
    assert len(encrypt(b"x" * size, about="x")) == len(encrypt(b"", about="x"))


def test_what_is_about_one_row_opens_in_no_other():
    with pytest.raises(WrongKey):
        decrypt(encrypt(b"mine", about="table.column 1"), about="table.column 2")


@pytest.mark.parametrize("place", [0, 3, 12, 40, -1])
def test_what_was_changed_does_not_open(place):
    sealed = bytearray(encrypt(b"mine", about="x"))
    sealed[place] ^= 1
    with pytest.raises(WrongKey):
        decrypt(bytes(sealed), about="x")


@pytest.mark.parametrize("wrong", [b"", b"\x01", b"\x01aaaaaaaa", b"plain text that was never sealed"])
def test_what_was_never_sealed_does_not_open(wrong):
    with pytest.raises(WrongKey):
        decrypt(wrong, about="x")


def test_a_ring_opens_with_old_keys_and_seals_with_the_last(settings):
    settings.PRIVATE_KEYS = OLD
    sealed = encrypt(b"mine", about="x")
    settings.PRIVATE_KEYS = f"{OLD}\n{NEW}"
    assert decrypt(sealed, about="x") == b"mine"
    assert encrypt(b"", about="x")[1:9] == b"bbbbbbbb"
    settings.PRIVATE_KEYS = NEW
    with pytest.raises(WrongKey, match="aaaaaaaa"):
        decrypt(sealed, about="x")


@pytest.mark.parametrize(
    "text", ["", "nonsense", "short:AAAA", "aaaaaaaa:AAAA", "aaaaaaaa:!", f"{OLD} {OLD}", f"toolongid:{OLD[9:]}"]
)
def test_a_ring_that_is_none_is_refused(settings, text):
    settings.PRIVATE_KEYS = text
    with pytest.raises(WrongKey):
        ring()


def test_no_key_stands_in_a_message(settings):
    settings.PRIVATE_KEYS = f"aaaaaaaa:{'A' * 10}"
    with pytest.raises(WrongKey) as wrong:
        ring()
    assert "AAAA" not in str(wrong.value).replace("aaaaaaaa", "")


@pytest.mark.django_db
def test_a_start_with_another_key_is_refused_with_one_message(settings):
    settings.PRIVATE_KEYS = OLD
    Canary.objects.all().delete()
    check_keys()
    check_keys()
    assert [canary.key for canary in Canary.objects.all()] == ["aaaaaaaa"]
    for wrong in (NEW, "", key("aaaaaaaa", 3)):
        settings.PRIVATE_KEYS = wrong
        with pytest.raises(CommandError, match="private-keys"):
            call_command("migrate", verbosity=0)
    settings.PRIVATE_KEYS = f"{OLD},{NEW}"
    call_command("migrate", verbosity=0)
    assert {canary.key for canary in Canary.objects.all()} == {"aaaaaaaa", "bbbbbbbb"}


@pytest.mark.django_db
def test_a_site_without_keys_and_private_records_starts(settings):
    settings.PRIVATE_KEYS = ""
    Canary.objects.all().delete()
    check_keys()
    assert not Canary.objects.exists()
