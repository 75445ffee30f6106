package conformance

import (
	"context"
	"net/http"

	"github.com/redis/go-redis/v9"
)

// redisRows are about a Redis that forgets. They run alone, last: every account of
// the server loses what Redis kept for it.
func redisRows() []Row {
	return []Row{{
		Name: "wiped-redis", try: tryWipedRedis, alone: true,
		Promise: "What was revoked or used stays so when Redis forgets everything.",
		Why:     "Redis restarts empty, evicts what it lacks room for, and fails over without the last writes. A block-list that lives there alone gives stolen tokens back.",
		Sources: []string{"ASVS 7.4.1", "RFC 7009 §2.1"},
	}}
}

func tryWipedRedis(ctx context.Context, a *attempt) error {
	if a.options.Redis == "" {
		return untried("it needs --redis URL of the server's Redis, which it wipes")
	}
	_, gone, err := a.living(ctx)
	if err != nil {
		return err
	}
	p, l, err := a.forgetful(ctx)
	if err != nil {
		return err
	}
	if got, err := a.call(ctx, resetRequest(l.token, newPassword())); err != nil || !got.ok() {
		return untried("the link did not set a password: %v (%v)", got, err)
	}
	if err := a.signOut(ctx, gone); err != nil {
		return err
	}
	if ok, err := a.alive(ctx, gone.access, ""); err != nil || ok {
		return untried("logout does not end the access token even while Redis remembers (%v)", err)
	}
	if err := a.wipe(ctx); err != nil {
		return err
	}
	if err := a.ended(ctx, gone, "logout, once Redis was wiped"); err != nil {
		return err
	}
	got, err := a.call(ctx, resetRequest(l.token, newPassword()))
	if err != nil {
		return err
	}
	if got.ok() {
		return broken("a used link was answered %v once Redis was wiped", got)
	}
	if ok, err := a.opens(ctx, p.email, p.password); err != nil || ok {
		return broken("the old password signs in once Redis was wiped (%v)", err)
	}
	return nil
}

// wipe empties the database that the URL names.
func (a *attempt) wipe(ctx context.Context) error {
	o, err := redis.ParseURL(a.options.Redis)
	if err != nil {
		return untried("--redis is not the URL of a Redis server")
	}
	client := redis.NewClient(o)
	defer client.Close()
	if err := client.FlushDB(ctx).Err(); err != nil {
		return untried("Redis could not be wiped: %v", err)
	}
	a.note(request{method: "FLUSHDB", path: "(Redis)"}, http.StatusText(http.StatusOK))
	return nil
}
