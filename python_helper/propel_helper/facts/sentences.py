"""The sentences whose every word the design fixes (section 1)."""

REDIRECT = (
    "That's a logic change, not a runtime bug. Switch to Engineer Mode with `/switch engineer` "
    "to get the full investigation-design-implement workflow for that change."
)

STOP = "This error has come back twice. Let me take a deeper look before trying again."
