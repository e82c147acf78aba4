"""The programme: stages (ระยะ), steps (ขั้นตอน), kinds of activity, evidence rules, enrolments (การเข้าร่วม)."""
