"""What all pages share: guards, forms, errors, headers, paging, language, downloads."""
