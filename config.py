# Every setting with its default. A file named by TRACKER_CONFIG overrides these, TRACKER_* environment
# variables override both. Plain values only: this file is read by path and never imported.
import os as _os

# Where the database, generated keys and backups lie unless a setting says otherwise.
DATA_DIR = _os.path.join(_os.getcwd(), "data")
# SQLAlchemy address of the database; None: tracker.sqlite in DATA_DIR. PostgreSQL: postgresql://…
DATABASE_URL = None
# Connections that each process keeps to the database.
DATABASE_POOL = 4
# Secret that signs and seals: at least 32 random characters. None: only the demo makes its own.
SECRET_KEY = None
# Address and port that `tracker serve` listens on.
HOST = "127.0.0.1"
PORT = 8000
# Worker threads of `tracker serve`.
THREADS = 8
# Make the programme believe a day (ISO, B.E. or A.D.), for rehearsals; None: the calendar day in Bangkok.
TODAY = None
# Names of hosts that requests may ask for, separated by commas; empty: any.
TRUSTED_HOSTS = ""
# How many reverse proxies stand before the tracker and set X-Forwarded-For/-Proto/-Host.
PROXIES = 0
# Send the session cookie over HTTPS only; set it to true behind a TLS proxy.
SECURE_COOKIES = False
# Minutes without a request after which a session ends, and hours after which it ends anyway.
SESSION_IDLE_MINUTES = 30
SESSION_HOURS = 12
# Days for which a one-time first password works.
FIRST_PASSWORD_DAYS = 14
# Largest body of a request in megabytes; larger ones get 413.
MAX_UPLOAD_MB = 10
# Log level of the tracker's own messages.
LOG_LEVEL = "INFO"
