"""The words by which a table of people is read: names of its columns in the site's languages, and signs of health data.

Pure data and a few functions. Roles and kinds of team are read by the site's own names for them, which come from above.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Column(StrEnum):
    """What is read of a person. Every other column is left alone."""

    NAME = "name"
    EMAIL = "email"
    ROLE = "role"
    TEAM = "team"
    KIND = "kind"


HEADERS: dict[Column, dict[str, tuple[str, ...]]] = {
    Column.NAME: {
        "en": ("name", "full name", "first name", "last name", "surname"),
        "de": ("Name", "Vorname", "Nachname", "Vor- und Nachname"),
        "nl": ("naam", "voornaam", "achternaam", "volledige naam"),
        "nb": ("navn", "fornavn", "etternavn", "fullt navn"),
        "pl": ("imię i nazwisko", "imię", "nazwisko", "nazwa"),
        "el": ("όνομα", "ονοματεπώνυμο", "επώνυμο"),
    },
    Column.EMAIL: {
        "en": ("e-mail", "e-mail address", "mail", "mail address"),
        "de": ("E-Mail", "E-Mail-Adresse", "Mailadresse"),
        "nl": ("e-mail", "e-mailadres", "mailadres"),
        "nb": ("e-post", "e-postadresse", "epost"),
        "pl": ("e-mail", "adres e-mail", "poczta"),
        "el": ("e-mail", "διεύθυνση e-mail", "ηλεκτρονική διεύθυνση", "ηλεκτρονικό ταχυδρομείο"),
    },
    Column.ROLE: {
        "en": ("role",),
        "de": ("Rolle", "Funktion"),
        "nl": ("rol", "functie"),
        "nb": ("rolle", "funksjon"),
        "pl": ("rola", "funkcja"),
        "el": ("ρόλος", "ιδιότητα"),
    },
    Column.TEAM: {
        "en": ("team", "team or department", "name of the team"),
        "de": ("Team", "Teamname", "Team oder Abteilung"),
        "nl": ("team", "teamnaam", "team of afdeling"),
        "nb": ("team", "teamnavn", "team eller avdeling"),
        "pl": ("zespół", "nazwa zespołu", "zespół lub dział"),
        "el": ("ομάδα", "όνομα ομάδας", "ομάδα ή τμήμα"),
    },
    Column.KIND: {
        "en": ("kind of team", "team kind", "type of team", "team type"),
        "de": ("Art des Teams", "Teamart", "Teamtyp"),
        "nl": ("soort team", "teamsoort", "type team"),
        "nb": ("type team", "slags team", "teamtype"),
        "pl": ("rodzaj zespołu", "typ zespołu"),
        "el": ("είδος ομάδας", "τύπος ομάδας"),
    },
}
"""For each column what it may be called; the first of a language is what we call it ourselves."""

HEALTH_STEMS = (
    "diagno", "illness", "disease", "disorder", "sick", "medic", "medik", "treatment", "therap", "disabil", "health",
    "symptom", "hospital", "patient", "addict", "psychiatr", "allerg",
    "krank", "störung", "behandlung", "behinder", "gesundheit", "klinik", "arznei",
    "ziek", "stoornis", "behandel", "beperking", "gezondheid", "verslav", "opname",
    "sykdom", "sykmeld", "sykefrav", "lidelse", "medisin", "funksjonsneds", "helse", "innleggelse",
    "chorob", "zaburze", "rozpozna", "leczeni", "niepełnosprawn", "zdrow", "szpital", "uzależni", "pacjent",
    "διάγνωσ", "ασθέν", "ασθεν", "νόσο", "διαταραχ", "φάρμακ", "φαρμακ", "θεραπ", "αναπηρ", "υγεία", "υγείας", "νοσηλ",
    "εξάρτησ",
)  # fmt: skip
"""Beginnings of words, in six languages; one of them anywhere in a column's name is enough, as words grow together."""
HEALTH_WORDS = ("icd", "dsm", "gaf", "sucht", "lek", "leki", "gdb", "absence", "verzuim", "fravær", "lived experience")
"""Too short to be looked for inside other words."""


def titles_in(language: str | None) -> dict[Column, str]:
    """What we call each column ourselves, in a language of the site; in English where it is another."""
    return {column: named.get(language or "en", named["en"])[0] for column, named in HEADERS.items()}


def plain(text: str) -> str:
    """Text as it is compared: case, accents and the number of spaces make no difference."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.replace("ς", "σ").split())


def key(text: str) -> str:
    """The same, without anything but letters and digits: “E-Mail” is “email”."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def looks_like_health(title: str) -> bool:
    """Whether a column is called as if health data stood in it. Rather once too often than once too few."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in plain(title)).split())} "
    return any(stem in words for stem in _STEMS) or any(f" {word} " in words for word in _WORDS)


_STEMS = tuple(plain(stem) for stem in HEALTH_STEMS)
_WORDS = tuple(plain(word) for word in HEALTH_WORDS)
COLUMNS = {key(name): column for column, named in HEADERS.items() for names in named.values() for name in names}
"""What a column may be called, as compared → what it is."""
