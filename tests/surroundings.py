"""What the suite was asked for, taken out of the environment: no setting of the tracker leaks into a test."""

import os


def _take(name: str) -> str:
    """Return what was asked for; workers find it under a name that is no setting of the tracker."""
    value = os.environ.get(f"TRACKER_{name}") or os.environ.get(f"SUITE_{name}", "")
    os.environ[f"SUITE_{name}"] = value
    return value


DATABASE = _take("TEST_DATABASE") or "sqlite"
BROWSER_REQUIRED = _take("REQUIRE_BROWSER") not in {"", "0"}
for _name in [name for name in os.environ if name.startswith("TRACKER_")]:
    del os.environ[_name]


def announce_server(address: str) -> None:
    """Tell the workers where the PostgreSQL server of this run is."""
    os.environ["SUITE_TEST_SERVER"] = address


def server_address() -> str:
    """Return where the PostgreSQL server of this run is."""
    return os.environ["SUITE_TEST_SERVER"]
