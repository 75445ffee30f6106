package hook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Questions: what an endpoint is asked before it happens. An endpoint that has one of
// them among its kinds is asked, and told of nothing.
const (
	BeforeSignUp = "before_sign_up"
	BeforeToken  = "before_token"
)

// question reports whether a kind is asked before it happens, and not told of
// afterwards.
func question(kind string) bool { return kind == BeforeSignUp || kind == BeforeToken }

const (
	// AskWithin bounds a question, from the look-up of the name to the answer.
	AskWithin = 2 * time.Second
	// MaxAsked is how many questions of one kind a process has under way to one endpoint.
	MaxAsked = 32
	// maxReply is how long an answer may be, in bytes: claims as long as they may be,
	// and a text.
	maxReply = 8 << 10
	// MaxText bounds the text for people of a refusal, in characters.
	MaxText = 300
)

// What people are told whom an endpoint refused. With a text of the endpoint's, that
// takes the place of these words.
var (
	ErrSignUpRefused = fault.New(fault.Forbidden, "sign_up_refused")
	ErrTokenRefused  = fault.New(fault.Forbidden, "token_refused")
)

// SignUp is what an endpoint is asked about a sign-up: what was typed, but for the
// password.
type SignUp struct {
	Email, Name string
	Origin      audit.Origin
}

// Reasons for which tokens are asked for.
const (
	ForSignIn  = "sign_in"
	ForRefresh = "refresh"
	ForAgain   = "reauthentication"
	ForChange  = "change" // of a password or a factor, which replaces the session
	ForResume  = "lost_answer"
)

// Token is what an endpoint is asked about tokens. SessionID is empty where the
// session is about to be opened.
type Token struct {
	UserID, SessionID string
	Audience          string // empty for the default
	AMR               []string
	Reason            string
	Origin            audit.Origin
	// Fits says whether tokens have room for claims, beside what they say anyway; nil
	// for always.
	Fits func(claims map[string]json.RawMessage) error
}

// asked is the data of a question.
type asked struct {
	Email       string   `json:"email,omitempty"`
	Name        string   `json:"name,omitempty"`
	UserID      string   `json:"user_id,omitempty"`
	SessionHash string   `json:"session_hash,omitempty"`
	Audience    string   `json:"audience,omitempty"`
	AMR         []string `json:"amr,omitempty"`
	Reason      string   `json:"reason,omitempty"`
	IP          string   `json:"ip,omitempty"`
	UserAgent   string   `json:"user_agent,omitempty"`
	Language    string   `json:"language,omitempty"`

	fits func(claims map[string]json.RawMessage) error
}

func (s SignUp) asked() asked {
	o := s.Origin.Clip()
	return asked{Email: s.Email, Name: s.Name, IP: o.Address, UserAgent: o.UserAgent, Language: o.Language}
}

func (t Token) asked() asked {
	o := t.Origin.Clip()
	a := asked{UserID: t.UserID, Audience: t.Audience, AMR: t.AMR, Reason: t.Reason, IP: o.Address, UserAgent: o.UserAgent, Language: o.Language, fits: t.Fits}
	if t.SessionID != "" {
		a.SessionHash = audit.SessionHash(t.SessionID)
	}
	return a
}

// reply is what an endpoint answered.
type reply struct {
	allow  bool
	text   string // of a refusal, for people; may be empty
	claims map[string]json.RawMessage
}

var errReply = errors.New("the endpoint gave no answer of the form that is asked for")

// readReply reads an answer: a JSON object with "allow", and "message" or "claims"
// beside it. A no is a no whatever stands beside it, because the outage of an endpoint
// may be a yes. A yes counts only if everything is right.
// Claims for which a token has no room do not count either: they may be those that
// keep people from doing something.
func readReply(kind string, about asked, answer Answer) (r reply, err error) {
	if answer.Status != statusOK {
		return reply{}, fmt.Errorf("the endpoint answers %d", answer.Status)
	}
	members, err := jws.ParseObject(answer.Body)
	if err != nil || answer.Cut {
		return reply{}, errReply
	}
	switch string(members["allow"]) {
	case "true":
	case "false":
		var text string
		if json.Unmarshal(members["message"], &text) == nil {
			r.text = plainText(text)
		}
		return r, nil
	default:
		return reply{}, errReply
	}
	if kind == BeforeToken {
		if r.claims, err = token.ReadExtra(members["claims"]); err != nil {
			return reply{}, err
		}
		if len(r.claims) > 0 && about.fits != nil {
			if err = about.fits(r.claims); err != nil {
				return reply{}, fmt.Errorf("the claims do not fit into a token of the user: %w", err)
			}
		}
	}
	r.allow = true
	return r, nil
}

// plainText is a text as people may be shown it, cut to [MaxText]: one line, without
// characters that cannot be seen or turn the line around.
func plainText(text string) string {
	if !utf8.ValidString(text) {
		return ""
	}
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
			return -1
		}
		return r
	}, text)), " ")
	if runes := []rune(text); len(runes) > MaxText {
		return string(runes[:MaxText-1]) + "…"
	}
	return text
}
