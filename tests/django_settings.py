"""The project's settings with a var folder of their own: tests touch no ledger of the person who runs them."""

import atexit
import os
import shutil
import tempfile

VAR = tempfile.mkdtemp(prefix="duban-tests-")
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("DUBAN_") or name in ("REDIS_URL", "DATABASE_URL")]:
    del os.environ[name]
os.environ["DUBAN_VAR"] = VAR

from monitor.project.settings import *  # noqa: E402, F403
