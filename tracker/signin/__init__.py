"""Signing in and out: sessions that can be revoked, throttling, and one's own account."""
