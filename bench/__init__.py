"""Speed, as ratios within one run; `make bench` fails when one falls short (docs/adr, "How speed is measured")."""
