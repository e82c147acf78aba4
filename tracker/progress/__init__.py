"""Step progress (ความก้าวหน้า): what a unit claims, what the records show, and every change of a claim."""
