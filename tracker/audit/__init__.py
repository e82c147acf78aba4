"""The audit trail (ประวัติการแก้ไข): who changed what, when, written in the transaction that makes the change."""
