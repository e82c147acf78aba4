"""The `tracker` command: what whoever operates the tracker types."""
