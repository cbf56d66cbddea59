"""``python -m alongside.cli``."""

import sys

from alongside.cli.main import main

sys.exit(main())
