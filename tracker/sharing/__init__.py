"""Share-and-show events (งานแลกเปลี่ยนเรียนรู้), the innovations shown there and what became of them."""
