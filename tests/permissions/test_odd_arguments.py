"""Arguments that no page asks for, named as the framework names its own: nobody gets a 500."""

import pytest

from tests.permissions.trial import LINE

ODD = (
    "endpoint=x&self=1&values=1&_scheme=x&_external=1&_anchor=a&_method=POST",
    "number=x&code=y&step=z&extension=exe&unit_id=1&page=9",
    "stage=x&step=99&unit=NOWHERE&at=x&only=x&sort=x&order=x&page=x",
)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("who", ["office", "coordinator", "administrator"])
def test_odd_arguments_are_no_fault_of_the_tracker(trial, who, odd):
    faults = []
    for endpoint in sorted(LINE):
        for line, asker, method, thing in trial.cases(endpoint):
            if asker != who or method != "GET" or thing.is_missing or thing.note:
                continue
            address = trial.address(line, thing)
            try:
                status = trial.ask(who, "GET", f"{address}{'&' if '?' in address else '?'}{odd}").status_code
            except Exception as error:  # noqa: BLE001  # whatever it is, people would see a 500
                faults.append(f"{endpoint}: {error!r}")
                continue
            if status >= 500:
                faults.append(f"{endpoint}: {status}")
            if status in (200, 303):
                break

    assert not faults, "\n".join(faults)
