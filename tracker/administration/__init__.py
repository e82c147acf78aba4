"""Units, executive posts, persons, roles and settings: who the tracker is for, and who may use it."""
