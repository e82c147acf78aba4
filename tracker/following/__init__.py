"""Following (ติดตาม): who needs attention and why, calls, pauses, questions, encouragement, announcements."""
