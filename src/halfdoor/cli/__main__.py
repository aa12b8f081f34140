"""`python -m halfdoor.cli` is the `halfdoor` command."""

import sys

from halfdoor.cli import main

sys.exit(main())
