"""Django's name for the office's pages."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The office app."""

    name = "monitor.office"
    label = "office"
