"""The register (ทะเบียนคุณอำนวย): pages and exports of facilitators and their trainings."""
