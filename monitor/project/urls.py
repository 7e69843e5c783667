"""The site's addresses: all pages are the office's."""

from django.urls import include, path

urlpatterns = [path("", include("monitor.office.urls"))]
handler404 = "monitor.office.views.errors.not_found"
handler500 = "monitor.office.views.errors.failed"
