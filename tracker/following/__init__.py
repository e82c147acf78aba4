"""Following: questions and encouragement, calls, pauses and announcements."""
