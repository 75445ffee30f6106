package password

// DecoyOf is what an address without a password is verified against.
func DecoyOf(h *Hasher, address string) string { return h.decoyOf(address) }
