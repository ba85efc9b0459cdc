"""`python -m tui` is `nigao`, for places where scripts are not on the path."""

import sys

from tui.cli import main

sys.exit(main())
