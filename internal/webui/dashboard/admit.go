package dashboard

import (
	"errors"
	"net/http"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// operator is who was admitted, and for what.
type operator struct {
	user    store.User
	allowed rbac.Allowed // the administrative part
	action  rbac.Action
	by      audit.Operator
}

// admit gives a page to whoever may do its action, and has the gate record everybody else. What
// is looked at and what is changed are counted as those of programs are.
func (d *desk) admit(a rbac.Action, page func(http.ResponseWriter, *http.Request, *operator)) http.HandlerFunc {
	return d.SignedInAs(func(w http.ResponseWriter, r *http.Request, visit session.Visit) {
		op := &operator{user: visit.User, action: a, by: audit.Operator{UserID: visit.User.ID, SessionID: visit.Session.ID, Origin: frame.OriginOf(r)}}
		flow := ratelimit.Change
		if a.Looks || r.Method != http.MethodPost {
			flow = ratelimit.AdminRead
		}
		err := d.Limits.Allow(r.Context(), flow, ratelimit.User(op.user.ID))
		if err == nil {
			op.allowed, err = d.Gate.Allowed(r.Context(), op.user.ID)
		}
		if err == nil {
			err = d.Gate.Admit(r.Context(), a, claimsOf(visit), op.by.Origin)
		}
		if err != nil {
			d.turnAway(w, r, op, err)
			return
		}
		page(w, r, op)
	})
}

// claimsOf is what a token of the session would say.
func claimsOf(v session.Visit) token.Claims {
	return token.Claims{Subject: v.User.ID, SessionID: v.Session.ID, AMR: v.Session.AMR, AuthTime: v.Session.AuthTime}
}

// turnAway leads on whoever can prove what is missing, and tells everybody else.
func (d *desk) turnAway(w http.ResponseWriter, r *http.Request, op *operator, err error) {
	factor := op.user.TOTP || op.user.Passkeys > 0
	switch {
	case errors.Is(err, session.ErrNotRecent), errors.Is(err, admin.ErrTwoFactors) && factor:
		back := r.URL.RequestURI()
		if r.Method == http.MethodPost {
			back = op.action.Opened(r.URL.Path)
		}
		d.Redirect(w, frame.With(frame.ConfirmPath, back))
	case fault.KindOf(err) == fault.Unauthenticated: // the session ended just now
		d.Leave(w, frame.Note{Says: frame.NoteEnded})
		d.AskWho(w, r)
	default:
		d.refuse(w, r, op, err)
	}
}

// refusedView says why an operator can't do something.
type refusedView struct {
	page

	Why     string
	Factors bool // a second factor has to be set up first
}

// Template is the page's.
func (*refusedView) Template() string { return "admin-refused" }

// refuse tells an operator what was refused, and shows what is ours or passes like
// any page.
func (d *desk) refuse(w http.ResponseWriter, r *http.Request, op *operator, err error) {
	complaint, ok := errors.AsType[*fault.Error](err)
	if !ok {
		d.Fail(w, r, err)
		return
	}
	if !told(complaint.Kind) {
		d.Fail(w, r, err)
		return
	}
	v := &refusedView{page: d.page(r, op, d.Say(r).Text("admin.refused.heading")), Why: d.ProblemOf(r, err), Factors: errors.Is(err, admin.ErrTwoFactors)}
	if errors.Is(err, session.ErrNoSession) {
		v.Why = d.Say(r).Text("admin.no_session")
	}
	d.Show(w, r, middleware.StatusOf(complaint.Kind), v)
}

// told reports whether an operator hears of a kind of refusal. The rest is ours, or
// passes.
func told(kind fault.Kind) bool {
	return slices.Contains([]fault.Kind{fault.Forbidden, fault.NotFound, fault.Conflict, fault.Stale, fault.Invalid}, kind)
}
