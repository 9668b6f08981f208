"""What the product knows and decides.

A package per noun; imports run one way (checked by `make check`):
handlers, jobs -> delivery, routing -> digests -> reception -> transfers -> messages ->
presence -> scripts -> office -> language. `platforms` know no noun; `store`, `clock` and
`settings` are below all.
"""
