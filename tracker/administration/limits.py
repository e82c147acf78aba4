"""How long what is entered here may be: the same for pages, files and the command line."""

EMAIL_LENGTH = 254
NAME_LENGTH = 200
SHORT_NAME_LENGTH = 100
CODE_LENGTH = 40
