"""The audit trail (ประวัติการแก้ไข): who changed what, when, in the transaction that makes the change."""
