"""Facilitators (ผู้อำนวยการเรียนรู้, คุณอำนวย), their postings and roles, trainings and who passed them."""
