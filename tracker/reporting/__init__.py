"""The official progress report (รายงานความก้าวหน้า) of a stage, a unit subtree and a period."""
