USER = "ana"
