"""The site's addresses: all pages are the office's."""

from django.urls import include, path

urlpatterns = [path("", include("monitor.office.urls"))]
