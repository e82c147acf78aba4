"""Persons, the roles they hold at units for a time, passwords, and the one permission function."""
