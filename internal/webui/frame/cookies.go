package frame

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

// The cookies of the pages, without the prefix that browsers grant to secure
// ones alone.
const (
	CookieSession = "session" // stands for a session; opens the account
	CookieDevice  = "device"  // the known device, which the JSON API sets as well; opens nothing
	CookieNote    = "note"    // what the next page says; opens nothing
	CookieStep    = "step"    // a sign-in that asks for a second factor; opens nothing alone
	CookieSignUp  = "sign_up" // a sign-up whose link was not used; opens nothing alone
	CookieMail    = "mail"    // a sign-in by mail that waits for its code; opens nothing alone
)

// DeviceFor is how long, in seconds, a browser is known: as in the JSON API.
const DeviceFor = int(ratelimit.DeviceFor / time.Second)

// noteFor is how long, in seconds, a note waits for its page.
const noteFor = 600

// Secure reports whether browsers come by HTTPS.
func (f *Frame) Secure() bool { return f.public.Scheme == "https" }

// CookieName binds a cookie to this very host, to HTTPS and to the path /, so
// that neither a sibling domain nor plain HTTP can set it (RFC 6265bis
// §4.1.3.2). Browsers grant the prefix to secure cookies alone; at a public URL
// of plain HTTP, such as http://localhost, the name goes without.
func (f *Frame) CookieName(name string) string {
	if f.Secure() {
		return "__Host-sallyport_" + name
	}
	return "sallyport_" + name
}

// SetCookie sets a cookie that no script reads and no other site's form sends.
// A negative age deletes it.
func (f *Frame) SetCookie(w http.ResponseWriter, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public URL is https
		Name: f.CookieName(name), Value: value, Path: "/", MaxAge: seconds,
		Secure: f.Secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Cookie reads a cookie of the pages, empty if there is none.
func (f *Frame) Cookie(r *http.Request, name string) string {
	c, err := r.Cookie(f.CookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// Note is what one page leaves for the next to say. Whoever writes it into
// their own browser deceives nobody else.
type Note struct {
	Says  string `json:"says"`            // one of notes
	Email string `json:"email,omitempty"` // where a mail went
}

// What a note can say.
const (
	NoteVerify        = "verify" // a link to confirm an address was mailed
	NoteVerifyAgain   = "verify_again"
	NoteReset         = "reset" // a link to choose a password was mailed
	NoteResetAgain    = "reset_again"
	NoteSignedOut     = "signed_out"
	NoteSignedOutAll  = "signed_out_everywhere"
	NoteEnded         = "ended"      // the session had ended
	NoteStepEnded     = "step_ended" // the sign-in took too long
	NoteMailEnded     = "mail_ended" // the mailed code cannot be used here
	NoteSaved         = "saved"
	NotePasswordSaved = "password_saved"
	NoteDeviceEnded   = "device_ended"
	NoteDevicesEnded  = "devices_ended"
	NoteTOTPRemoved   = "totp_removed"
	NoteEmailAsked    = "email_asked" // a link to a new address was mailed
	NoteDeleted       = "deleted"     // the account
	NoteRestored      = "restored"    // the account is kept

	NoteUserDisabled  = "user_disabled" // by an operator, as the next six
	NoteUserEnabled   = "user_enabled"
	NoteUserSignedOut = "user_signed_out"
	NoteSessionEnded  = "session_ended"
	NoteRolesSet      = "roles_set"
	NoteRoleCreated   = "role_created"
	NoteRoleDeleted   = "role_deleted"

	NotePasskeyAdded   = "passkey_added"
	NotePasskeyRenamed = "passkey_renamed"
	NotePasskeyRemoved = "passkey_removed"
)

func notes() []string {
	return []string{
		NoteVerify, NoteVerifyAgain, NoteReset, NoteResetAgain, NoteSignedOut, NoteSignedOutAll, NoteEnded, NoteSaved, NotePasswordSaved,
		NoteDeviceEnded, NoteDevicesEnded, NoteStepEnded, NoteMailEnded, NoteTOTPRemoved, NotePasskeyAdded, NotePasskeyRenamed, NotePasskeyRemoved,
		NoteEmailAsked, NoteDeleted, NoteRestored,
		NoteUserDisabled, NoteUserEnabled, NoteUserSignedOut, NoteSessionEnded, NoteRolesSet, NoteRoleCreated, NoteRoleDeleted,
	}
}

// Leave leaves a note.
func (f *Frame) Leave(w http.ResponseWriter, n Note) {
	raw, err := json.Marshal(n)
	if err != nil {
		return // two strings can always be written
	}
	f.SetCookie(w, CookieNote, secret.Encode(raw), noteFor)
}

// Left reads the note that the last page left, if it is one of ours.
func (f *Frame) Left(r *http.Request) (Note, bool) {
	var n Note
	raw, err := secret.Decode(f.Cookie(r, CookieNote))
	if err != nil || json.Unmarshal(raw, &n) != nil || !slices.Contains(notes(), n.Says) {
		return Note{}, false
	}
	return n, true
}

// Hear reads the note, if it says one of these, and takes it away: it is said
// once.
func (f *Frame) Hear(w http.ResponseWriter, r *http.Request, says ...string) string {
	n, ok := f.Left(r)
	if !ok || !slices.Contains(says, n.Says) {
		return ""
	}
	if r.Method == http.MethodGet {
		f.SetCookie(w, CookieNote, "", -1)
	}
	return f.Say(r).Text("note." + n.Says)
}
