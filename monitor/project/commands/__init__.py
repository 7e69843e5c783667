"""The command line's commands, one module a subject; ``monitor.project.cli`` imports the one that is asked for."""
