"""Thai text and the Buddhist calendar: pure functions that know no database and no page.

dates      B.E. days, moments and fiscal years: written for people, and read from what people type
numerals   Thai digits and typed counts
text       what every text goes through before it is stored, searched or sorted
identity   national IDs, which this system refuses to hold
files      cells of CSV files and names of downloads
"""
