"""Phone numbers as they are dialled."""

import pytest

from tracker.thai.phones import dialled


@pytest.mark.parametrize(
    ("shown", "digits"),
    [
        ("0 2000 0142", "020000142"),
        ("0 2000 0231 ต่อ 14", "020000231;ext=14"),
        ("๐ ๒๐๐๐ ๐๑๔๒", "020000142"),
        ("+66 2 000 0142 ext. 3", "+6620000142;ext=3"),
        ("", ""),
    ],
)
def test_a_phone_is_dialled_by_its_digits(shown, digits):
    assert dialled(shown) == digits
