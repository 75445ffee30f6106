package webui

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// When to try again, if a fault does not say.
const (
	waitLimited     = time.Minute
	waitUnavailable = 5 * time.Second
)

// notice answers with a page that says what went wrong and what to do.
func (p *pages) notice(w http.ResponseWriter, r *http.Request, name string, status int) {
	p.show(w, r, status, shapeNotice, view{Heading: p.say(r).Text("notice." + name + ".heading"), Notice: name})
}

// fail answers a request that cannot be carried on, whatever its page. What is
// not a fault is ours: it is logged in full and shown as nothing but that.
func (p *pages) fail(w http.ResponseWriter, r *http.Request, err error) {
	p.report(r.Context(), err)
	name, status := noticeOf(fault.KindOf(err))
	v := view{Heading: p.say(r).Text("notice." + name + ".heading"), Notice: name}
	if wait := waitOf(err); wait > 0 {
		v.Wait = p.retryAfter(w, r, wait)
		v.Retry = r.Method == http.MethodGet || r.Method == http.MethodHead
	}
	p.show(w, r, status, shapeNotice, v)
}

// passing answers a failure that time mends, with the page's own form ready to
// be sent again, and reports whether err is one.
func (p *pages) passing(w http.ResponseWriter, r *http.Request, err error, s shape, v view) bool {
	wait := waitOf(err)
	if wait == 0 {
		return false
	}
	p.report(r.Context(), err)
	words, status := "alert.unavailable", http.StatusServiceUnavailable
	if fault.KindOf(err) == fault.Limited {
		words, status = "alert.limited", http.StatusTooManyRequests
	}
	v.Alert = p.say(r).Text(words, "wait", p.retryAfter(w, r, wait))
	p.show(w, r, status, s, v)
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

// report logs what an operator must know of a failure. A caller who left is
// nobody's fault.
func (p *pages) report(ctx context.Context, err error) {
	switch kind := fault.KindOf(err); {
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
	case kind == fault.Internal:
		p.Log.ErrorContext(ctx, "page failed", slog.Any("error", err))
	case kind == fault.Unavailable:
		p.Log.WarnContext(ctx, "page is unavailable", slog.Any("error", err))
	}
}

// noticeOf gives the words and the status for a kind of fault. Refusals that
// the pages have no words of their own for share one.
func noticeOf(kind fault.Kind) (name string, status int) {
	switch kind {
	case fault.Malformed, fault.Spent:
		return "malformed", http.StatusBadRequest
	case fault.Invalid:
		return "refusal", http.StatusUnprocessableEntity
	case fault.TooLarge:
		return "too_large", http.StatusRequestEntityTooLarge
	case fault.Unsupported:
		return "unsupported", http.StatusUnsupportedMediaType
	case fault.Unauthenticated:
		return "refusal", http.StatusUnauthorized
	case fault.Forbidden:
		return "refusal", http.StatusForbidden
	case fault.NotFound:
		return "not_found", http.StatusNotFound
	case fault.Conflict:
		return "refusal", http.StatusConflict
	case fault.Limited:
		return "limited", http.StatusTooManyRequests
	case fault.Unavailable:
		return "unavailable", http.StatusServiceUnavailable
	case fault.Internal:
	}
	return "internal", http.StatusInternalServerError
}

// problemOf is the sentence that a fault has for anybody, in the reader's
// language.
func (p *pages) problemOf(r *http.Request, err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return ""
	}
	if len(f.Fields) > 0 {
		return p.words.Said(p.say(r), f.Fields[0].Message)
	}
	return p.words.Said(p.say(r), f.Detail)
}
