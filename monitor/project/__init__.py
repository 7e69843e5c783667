"""Settings, the composition root and the command line: everything that knows the environment."""
