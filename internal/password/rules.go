package password

// Rules is what a browser can know of which passwords are refused: all of
// [Hasher.Acceptable] but the lists of common and breached ones. Pages hand it to
// their script (static/rules.js), which a test holds to Acceptable.
type Rules struct {
	Min      int      `json:"min"`      // code points, after NFKC
	Max      int      `json:"max"`      // the same
	MaxBytes int      `json:"maxBytes"` // of UTF-8 after NFKC; 0 for no bound
	Product  string   `json:"product"`
	Paths    []string `json:"paths"` // ways over keyboards, there and back
}

// Rules gives the rules in force.
func (h *Hasher) Rules() Rules {
	r := Rules{Min: h.opts.MinLength, Max: maxRunes, Product: h.opts.Product, Paths: paths()}
	if h.opts.Algorithm == Bcrypt {
		r.MaxBytes = bcryptBytes
	}
	return r
}
