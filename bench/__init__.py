"""How fast the tracker is, beside a floor that does the same works with nothing round them.

`python -m bench` loads both, serves both as in production and times them turn by turn; `docs/performance.md`
says what was measured and what the gates are. Not a part of the suite, and not shipped.
"""
