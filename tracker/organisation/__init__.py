"""Units (หน่วยงาน), their tree and levels, executive posts (ตำแหน่งผู้บริหาร), and the installation itself."""
