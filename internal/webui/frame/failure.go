package frame

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// When to try again, if a fault does not say.
const (
	waitLimited     = time.Minute
	waitUnavailable = 5 * time.Second
)

// Notice answers with a page that says what went wrong and what to do.
func (f *Frame) Notice(w http.ResponseWriter, r *http.Request, name string, status int) {
	f.Show(w, r, status, f.notice(r, name))
}

// notice is the page for something that went wrong.
type notice struct {
	Page

	Notice string // which one
	Wait   string // when to try again, in words
	Retry  bool   // loading this page again may help
}

// Template is the page's.
func (*notice) Template() string { return "notice" }

func (f *Frame) notice(r *http.Request, name string) *notice {
	return &notice{Page: Titled(f.Say(r).Text("notice." + name + ".heading")), Notice: name}
}

// Fail answers a request that cannot be carried on, whatever its page. What is
// not a fault is ours: it is logged in full and shown as nothing but that.
func (f *Frame) Fail(w http.ResponseWriter, r *http.Request, err error) {
	f.Report(r.Context(), err)
	kind := fault.KindOf(err)
	v := f.notice(r, notices[kind])
	if wait := waitOf(err); wait > 0 {
		v.Wait = f.RetryAfter(w, r, wait)
		v.Retry = r.Method == http.MethodGet || r.Method == http.MethodHead
	}
	f.Show(w, r, middleware.StatusOf(kind), v)
}

// Passing answers a failure that time mends, with the page's own form ready to
// be sent again, and reports whether err is one.
func (f *Frame) Passing(w http.ResponseWriter, r *http.Request, err error, v View) bool {
	wait := waitOf(err)
	if wait == 0 {
		return false
	}
	f.Report(r.Context(), err)
	words, status := "alert.unavailable", http.StatusServiceUnavailable
	if fault.KindOf(err) == fault.Limited {
		words, status = "alert.limited", http.StatusTooManyRequests
	}
	v.Common().Alert = f.Say(r).Text(words, "wait", f.RetryAfter(w, r, wait))
	f.Show(w, r, status, v)
	return true
}

// waitOf says when to try again after err, 0 if that does not help.
func waitOf(err error) time.Duration {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case ok && f.Kind == fault.Limited:
		return cmp.Or(f.RetryAfter, waitLimited)
	case ok && f.Kind == fault.Unavailable:
		return cmp.Or(f.RetryAfter, waitUnavailable)
	default:
		return 0
	}
}

// Report logs what an operator must know of a failure. A caller who left is
// nobody's fault.
func (f *Frame) Report(ctx context.Context, err error) {
	switch kind := fault.KindOf(err); {
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
	case kind == fault.Internal:
		f.Log.ErrorContext(ctx, "page failed", slog.Any("error", err))
	case kind == fault.Unavailable:
		f.Log.WarnContext(ctx, "page is unavailable", slog.Any("error", err))
	}
}

// notices names the words of each kind of fault. Refusals that the pages have no
// words of their own for share one.
var notices = map[fault.Kind]string{
	fault.Internal:        "internal",
	fault.Malformed:       "malformed",
	fault.Spent:           "malformed",
	fault.Invalid:         "refusal",
	fault.TooLarge:        "too_large",
	fault.Unsupported:     "unsupported",
	fault.Unauthenticated: "refusal",
	fault.Forbidden:       "refusal",
	fault.NotFound:        "not_found",
	fault.Conflict:        "refusal",
	fault.Limited:         "limited",
	fault.Unavailable:     "unavailable",
	fault.Unimplemented:   "refusal",
	fault.Stale:           "refusal",
	fault.Unseen:          "refusal",
}

// ProblemOf is the sentence that a fault has for anybody, in the reader's
// language.
func (f *Frame) ProblemOf(r *http.Request, err error) string {
	complaint, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return ""
	}
	if len(complaint.Fields) > 0 {
		return f.saidOf(r, complaint.Fields[0])
	}
	return f.Said(r, complaint)
}

// Count counts a form against the client address.
func (f *Frame) Count(r *http.Request, flow ratelimit.Flow) error {
	return f.Limits.Allow(r.Context(), flow, f.ClientAddress(r))
}

// RefuseForm shows the form again with what is wrong with it, or a page that
// says why nothing can be done.
func (f *Frame) RefuseForm(w http.ResponseWriter, r *http.Request, err error, v View) {
	if f.Passing(w, r, err, v) {
		return
	}
	complaint, ok := errors.AsType[*fault.Error](err)
	if !ok || complaint.Kind != fault.Invalid && complaint.Kind != fault.Forbidden && complaint.Kind != fault.Conflict {
		f.Fail(w, r, err)
		return
	}
	if !f.Blame(r, v.form(), complaint) {
		v.Common().Alert = f.Said(r, complaint)
	}
	f.Show(w, r, middleware.StatusOf(complaint.Kind), v)
}
