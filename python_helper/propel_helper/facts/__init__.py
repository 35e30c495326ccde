"""Floor 0: what Propel knows, as frozen dataclasses and enums. Standard library only.

Lines count from 1 and columns from 0 (in characters, not bytes); times are seconds since the
epoch (UTC); sizes are bytes.
"""
