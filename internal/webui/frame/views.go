package frame

import "html/template"

// AccountView is what a person sees of themselves.
type AccountView struct {
	ID, Email         string
	Verified          bool
	Since, LastSignIn string // dates
	Refused           string // what was tried in vain, in words; empty if nothing was
}

// FactorsView is what a person has as a second factor, and what of it is shown
// once.
type FactorsView struct {
	TOTP      bool
	Passkeys  bool   // there is one at least
	CodesLeft string // how many recovery codes there are, in words
	FewCodes  bool   // it is time for new ones

	QR     template.HTML // of what is being enrolled
	Secret string        // the same, in groups
	Codes  []string      // recovery codes
}

// PasskeyForm is a form that a person answers with a passkey, or with Create
// registers one by. The script of the page (static/passkeys.js) hands Options to
// the browser, writes what the authenticator gives into the form, and sends it
// like any other; without it the form is not shown, and the page says why.
type PasskeyForm struct {
	Action   string
	ReturnTo string // empty leaves it out
	Method   string // of the second factor that is asked for; empty leaves it out
	Create   bool
	Autofill bool // passkeys are also offered where an address is typed
	Quiet    bool // its button is not the first of the page
	Ceremony string
	Options  string // for navigator.credentials, as JSON
	Fields   []Field
	Button   string
}

// PasskeyItem is a passkey as its owner sees it. Its name is their own words.
type PasskeyItem struct {
	ID, Name    string
	Since, Used string // dates; Used is empty if it never was
	BackedUp    bool
	Rename      Field
}

// MethodLink leads to another way to give a second factor.
type MethodLink struct{ Address, Label string }

// DeviceItem is a device that a person is signed in on. What it says of itself
// and what it was called are other people's words as well as theirs.
type DeviceItem struct {
	ID             string
	Current        bool
	Kind, Name     string // "Firefox on Linux", or empty; what it was called, or empty
	Address, Place string
	Since, Seen    string // days and times
	Instant        string // of the last visit, for machines
	// Of one that was signed out: when, for people and for machines, and why.
	Ended, EndedInstant, Reason string
}

// DeviceView is what a page tells of a device: what its owner would know it by,
// and not the name that whoever signed in gave it.
type DeviceView struct {
	Kind           string // "Firefox on Linux", or empty
	Instant, Clock string // of the sign-in, for machines and for people
	Address, Place string
}

// AskedView is what a page tells of whoever signed up. The name is what they typed.
type AskedView struct {
	DeviceView

	Name string
}

// MailboxView is what the list of captured mail shows.
type MailboxView struct {
	To        string // the filter
	Count     string // how many there are, in words
	JSON      string // the same list for programs
	PublicURL string
	Mails     []MailView
}

// MailView is one captured mail.
type MailView struct {
	ID, To, Subject, Text string
	Instant               string // when it came, for programs
	Ago, Clock            string // and for people, on this computer's clock
	Links                 []string
	Frame                 string // where its HTML is, empty if it has none
	Others                string // the mail to the same recipient
}

// Flow is one of the things that a link in mail is for.
type Flow string

// What links in mail are for.
const (
	FlowVerify Flow = "verify"
	FlowReset  Flow = "reset"
	FlowDisown Flow = "disown"
	FlowMagic  Flow = "magic"
	FlowEmail  Flow = "email" // to confirm a new address
	FlowUndo   Flow = "undo"  // to put the old one back
	// FlowRestore keeps an account that is about to be erased. Its link is given to
	// whoever signs in, and is in no mail.
	FlowRestore Flow = "restore"
)
