"""Countries an organisation can be in: Europe first, since the standard is European; two-letter codes of ISO 3166."""

from django.utils.translation import gettext_lazy as _

COUNTRIES = [
    ("AL", _("Albania")), ("AT", _("Austria")), ("BE", _("Belgium")), ("BA", _("Bosnia and Herzegovina")),
    ("BG", _("Bulgaria")), ("HR", _("Croatia")), ("CY", _("Cyprus")), ("CZ", _("Czechia")), ("DK", _("Denmark")),
    ("EE", _("Estonia")), ("FI", _("Finland")), ("FR", _("France")), ("DE", _("Germany")), ("GR", _("Greece")),
    ("HU", _("Hungary")), ("IS", _("Iceland")), ("IE", _("Ireland")), ("IT", _("Italy")), ("XK", _("Kosovo")),
    ("LV", _("Latvia")), ("LI", _("Liechtenstein")), ("LT", _("Lithuania")), ("LU", _("Luxembourg")),
    ("MT", _("Malta")), ("MD", _("Moldova")), ("ME", _("Montenegro")), ("NL", _("Netherlands")),
    ("MK", _("North Macedonia")), ("NO", _("Norway")), ("PL", _("Poland")), ("PT", _("Portugal")),
    ("RO", _("Romania")), ("RS", _("Serbia")), ("SK", _("Slovakia")), ("SI", _("Slovenia")), ("ES", _("Spain")),
    ("SE", _("Sweden")), ("CH", _("Switzerland")), ("TR", _("Türkiye")), ("UA", _("Ukraine")),
    ("GB", _("United Kingdom")), ("ZZ", _("another country")),
]  # fmt: skip
