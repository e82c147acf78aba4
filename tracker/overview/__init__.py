"""Overview (ภาพรวม): dashboards, stage, step and unit pages; they only read."""
