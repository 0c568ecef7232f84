"""السجل العمومي للأعمال / registre public des actes: an RFC 9162 log of acts (floor 3)."""
