"""WSGI entry for any server that wants one; ``duban web`` uses waitress."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.project.settings")
application = get_wsgi_application()
