"""Every page and its name; `rules/access.DOORS` says what each name takes."""

from django.urls import include, path, register_converter

from alongside.web.converters import StageConverter
from alongside.web.views import answering, choices, demo, first_look, home, organisations, people, rounds, standard

register_converter(StageConverter, "stage")

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("who-sees-what/", home.who_sees_what, name="who-sees-what"),
    path("choices/", choices.choices, name="choices"),
    path("first-look/", first_look.begin, name="first-look"),
    path("first-look/<stage:stage>/<int:number>/", first_look.question, name="first-look-question"),
    path("first-look/<stage:stage>/result/", first_look.result, name="first-look-result"),
    path("first-look/<stage:stage>/keep/", first_look.keep, name="first-look-keep"),
    path("standard/", standard.overview, name="standard"),
    path("standard/part/<str:item>/", standard.part, name="standard-part"),
    path("standard/item/<str:item>/", standard.item, name="standard-item"),
    path("standard/matrix/", standard.matrix, name="standard-matrix"),
    path("standard/glossary/", standard.glossary, name="standard-glossary"),
    path("standard/search/", standard.search, name="standard-search"),
    path("me/name/", people.name, name="account-name"),
    path("organisations/new/", organisations.new, name="organisation-new"),
    path("o/<uuid:org>/", organisations.organisation, name="organisation"),
    path("o/<uuid:org>/change/", organisations.change, name="organisation-change"),
    path("o/<uuid:org>/first-look/<uuid:look>/", first_look.kept, name="organisation-first-look"),
    path("o/<uuid:org>/first-look/<uuid:look>/remove/", first_look.remove, name="organisation-first-look-remove"),
    path("o/<uuid:org>/people/", people.people, name="people"),
    path("o/<uuid:org>/people/invite/", people.invite, name="people-invite"),
    path("o/<uuid:org>/people/uninvite/<uuid:invitation>/", people.uninvite, name="people-uninvite"),
    path("o/<uuid:org>/people/<int:membership>/role/", people.role, name="people-role"),
    path("invitation/<str:token>/", people.invitation, name="invitation"),
    path("o/<uuid:org>/rounds/", rounds.rounds, name="rounds"),
    path("o/<uuid:org>/rounds/new/", rounds.new, name="round-new"),
    path("o/<uuid:org>/rounds/<uuid:round_>/", rounds.round_page, name="round"),
    path("o/<uuid:org>/rounds/<uuid:round_>/close/", rounds.close, name="round-close"),
    path("answer/", answering.code, name="answer"),
    path("answer/<str:token>/", answering.begin, name="answer-begin"),
    path("answering/<int:number>/", answering.question, name="answer-question"),
    path("answering/end/", answering.end, name="answer-end"),
    path("demo/", demo.sign_in, name="demo-sign-in"),
    path("accounts/", include("allauth.urls")),
]
