"""The demo: an invented department whose units keep a believable record of two stages.

Everything here is pure: `make.plan_demo` answers with frozen dataclasses (`plan.DemoPlan`) and knows no
database. The same seed and day always give the same plan. Word banks lie in `data/*.toml`.
"""
