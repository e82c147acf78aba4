"""A unit's home (งานของหน่วยงาน): what is next, what must be done, the steps; and where each role begins."""
