package guard

import (
	"context"
	"errors"
	"sync"
	"time"
)

var (
	// ErrRevoked is the cause of the end of a context of [Watch] whose token was
	// revoked, or whose key is no longer published.
	ErrRevoked = errors.New("the access token was revoked")
	// ErrExpired is the cause of the end of a context of [Watch] whose token has
	// expired.
	ErrExpired = errors.New("the access token has expired")
)

// Watch gives a context that ends when the token with which a request came
// through [Guard.Require] is revoked or expires, or with ctx: for websockets,
// streams and long work. [context.Cause] says which. While the guard is not
// current it ends nothing: then the token's expiry is the bound. A ctx that is
// not of such a request gives a context that has ended.
func Watch(ctx context.Context) context.Context {
	p, ok := ctx.Value(passKey{}).(*pass)
	if !ok {
		ended, cancel := context.WithCancelCause(ctx)
		cancel(errors.New("the request did not come through a guard"))
		return ended
	}
	watched, cancel := context.WithCancelCause(ctx)
	left := time.Unix(p.token.expires, 0).Sub(p.guard.tick().wall)
	expiry := time.AfterFunc(left, func() { cancel(ErrExpired) })
	forget := p.guard.watches.add(&watch{token: p.token, end: func() { cancel(ErrRevoked) }})
	context.AfterFunc(watched, func() {
		expiry.Stop()
		forget()
	})
	if p.guard.over(p.token, p.guard.tick()) { // since it was let through
		cancel(ErrRevoked)
	}
	return watched
}

// watch is somebody who wants to know when a token ends.
type watch struct {
	token *Token
	end   func()
}

// watches are all of them.
type watches struct {
	mu  sync.Mutex
	set map[*watch]struct{}
}

func (w *watches) add(one *watch) (forget func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.set == nil {
		w.set = map[*watch]struct{}{}
	}
	w.set[one] = struct{}{}
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.set, one)
	}
}

// endIf ends every watch of a token that is over.
func (w *watches) endIf(over func(*Token) bool) {
	w.mu.Lock()
	var ended []*watch
	for one := range w.set {
		if over(one.token) {
			ended = append(ended, one)
		}
	}
	w.mu.Unlock()
	for _, one := range ended {
		one.end()
	}
}
