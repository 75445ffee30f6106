package webui

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

// The cookies of the pages, without the prefix that browsers grant to secure
// ones alone.
const (
	cookieSession = "session" // stands for a session; opens the account
	cookieDevice  = "device"  // the known device, which the JSON API sets as well; opens nothing
	cookieNote    = "note"    // what the next page says; opens nothing
)

const (
	deviceFor = 365 * 24 * 60 * 60 // seconds, as in the JSON API
	noteFor   = 600
)

func (p *pages) secure() bool { return p.public.Scheme == "https" }

// cookieName binds a cookie to this very host, to HTTPS and to the path /, so
// that neither a sibling domain nor plain HTTP can set it (RFC 6265bis
// §4.1.3.2). Browsers grant the prefix to secure cookies alone; at a public URL
// of plain HTTP, such as http://localhost, the name goes without.
func (p *pages) cookieName(name string) string {
	if p.secure() {
		return "__Host-sallyport_" + name
	}
	return "sallyport_" + name
}

// setCookie sets a cookie that no script reads and no other site's form sends.
// A negative age deletes it.
func (p *pages) setCookie(w http.ResponseWriter, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public URL is https
		Name: p.cookieName(name), Value: value, Path: "/", MaxAge: seconds,
		Secure: p.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (p *pages) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(p.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// note is what one page leaves for the next to say. Whoever writes it into
// their own browser deceives nobody else.
type note struct {
	Says  string `json:"says"`            // one of notes
	Email string `json:"email,omitempty"` // where a mail went
}

// What a note can say.
const (
	noteVerify        = "verify" // a link to confirm an address was mailed
	noteVerifyAgain   = "verify_again"
	noteReset         = "reset" // a link to choose a password was mailed
	noteResetAgain    = "reset_again"
	noteSignedOut     = "signed_out"
	noteSignedOutAll  = "signed_out_everywhere"
	noteEnded         = "ended" // the session had ended
	noteSaved         = "saved"
	notePasswordSaved = "password_saved"
	noteDeviceEnded   = "device_ended"
	noteDevicesEnded  = "devices_ended"
)

func notes() []string {
	return []string{
		noteVerify, noteVerifyAgain, noteReset, noteResetAgain, noteSignedOut, noteSignedOutAll, noteEnded, noteSaved, notePasswordSaved,
		noteDeviceEnded, noteDevicesEnded,
	}
}

// leave leaves a note.
func (p *pages) leave(w http.ResponseWriter, n note) {
	raw, err := json.Marshal(n)
	if err != nil {
		return // two strings can always be written
	}
	p.setCookie(w, cookieNote, secret.Encode(raw), noteFor)
}

// left reads the note that the last page left, if it is one of ours.
func (p *pages) left(r *http.Request) (note, bool) {
	var n note
	raw, err := secret.Decode(p.cookie(r, cookieNote))
	if err != nil || json.Unmarshal(raw, &n) != nil || !slices.Contains(notes(), n.Says) {
		return note{}, false
	}
	return n, true
}

// hear reads the note, if it says one of these, and takes it away: it is said
// once.
func (p *pages) hear(w http.ResponseWriter, r *http.Request, says ...string) string {
	n, ok := p.left(r)
	if !ok || !slices.Contains(says, n.Says) {
		return ""
	}
	if r.Method == http.MethodGet {
		p.setCookie(w, cookieNote, "", -1)
	}
	return p.say(r).Text("note." + n.Says)
}
