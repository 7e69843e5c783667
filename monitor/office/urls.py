"""The office's pages; those of a simulated ledger are the same under ``/as-of/<ledger>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from monitor.office.views.canary import canary
from monitor.office.views.events import events
from monitor.office.views.health import healthz
from monitor.office.views.home import home
from monitor.office.views.messages import messages, questions
from monitor.office.views.papers import document, documents
from monitor.office.views.simulate import simulate
from monitor.office.views.tasks import task, tasks

_PAGES = [
    path("", home, name="home"),
    path("occurrences/", tasks, name="occurrences"),
    path("occurrences/<int:id>/", task, name="occurrence"),
    path("documents/", documents, name="documents"),
    path("documents/<int:id>/", document, name="document"),
    path("events/", events, name="events"),
    path("messages/", messages, name="messages"),
    path("questions/", questions, name="questions"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("canary/<str:token>", canary, name="canary"),
    path("simulate/", simulate, name="simulate"),
    path("as-of/<str:ledger>/", include((_PAGES, "office"), namespace="as-of")),
    path("", include((_PAGES, "office"), namespace="office")),
]
