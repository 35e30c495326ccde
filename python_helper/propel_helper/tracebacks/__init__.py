"""Floor 1: log bytes -> crashes. Pure: no file, clock or machine is read here."""
