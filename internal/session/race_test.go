package session

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// instances gives several Sessions over one database, as several processes have.
func (h *house) instances(n int) []*Sessions {
	list := make([]*Sessions, n)
	for i := range list {
		list[i] = New(h.options)
	}
	return list
}

func TestManyRefreshesOfOneTokenMakeOneSuccessor(t *testing.T) {
	t.Parallel()
	const callers, rounds = 64, 4
	h := newHouse(t)
	instances := h.instances(4)
	tokens := h.signIn(h.user())
	for round := range int64(rounds) {
		answers := make([]Tokens, callers)
		var wg sync.WaitGroup
		for n := range callers {
			wg.Go(func() {
				var err error
				answers[n], err = instances[n%len(instances)].Refresh(t.Context(), tokens.RefreshToken, "", audit.Origin{})
				if err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		wg.Wait()
		for _, a := range answers {
			if a.Generation != round+1 || a.RefreshToken != answers[0].RefreshToken {
				t.Fatalf("round %d: got g%d, want one successor, g%d", round, a.Generation, round+1)
			}
		}
		tokens = answers[0]
		h.clock.advance(m)
	}
}

func TestManyRecoveriesOfOneLostAnswerConverge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.signIn(h.user())
	if _, err := h.refresh(tokens.RefreshToken); err != nil {
		t.Fatal(err)
	}
	h.clock.advance(m)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if got, err := h.refresh(tokens.RefreshToken); err != nil || got.Generation != 2 {
				t.Errorf("got g%d, %v; want g2", got.Generation, err)
			}
		})
	}
	wg.Wait()
	if n := len(h.events(audit.KindSessionRecovered)); n != 1 {
		t.Errorf("got %d events, want one", n)
	}
}

func TestStrictRotationHasOneWinnerAndEndsTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t, strict)
	first := h.signIn(h.user())
	var wg sync.WaitGroup
	var mu sync.Mutex
	var won []Tokens
	for range 16 {
		wg.Go(func() {
			got, err := h.refresh(first.RefreshToken)
			if err == nil {
				mu.Lock()
				won = append(won, got)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Fatalf("got %d winners, want 1", len(won))
	}
	if _, err := h.refresh(won[0].RefreshToken); !errors.Is(err, ErrEnded) || h.accepts(won[0].AccessToken) {
		t.Errorf("the session lives on (%v)", err)
	}
}

// TestNothingLivesOnAfterALogoutThatRacesRefreshes lets refreshes, a logout and
// the end of everything meet. Whatever tokens came out, none works afterwards.
func TestNothingLivesOnAfterALogoutThatRacesRefreshes(t *testing.T) {
	t.Parallel()
	const rounds, callers = 12, 6
	h := newHouse(t, func(o *Options) { o.Grace = 0 })
	for round := range rounds {
		u := h.user()
		tokens := h.signIn(u)
		out := make(chan Tokens, 4*callers)
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				raw := tokens.RefreshToken
				for range 4 {
					got, err := h.refresh(raw)
					if err != nil {
						return
					}
					out <- got
					raw = got.RefreshToken
				}
			})
		}
		wg.Go(func() {
			var err error
			switch round % 3 {
			case 0:
				_, err = h.logOut(Logout{RefreshToken: tokens.RefreshToken})
			case 1:
				_, err = h.logOut(Logout{Claims: h.claims(tokens.AccessToken), Everywhere: true})
			case 2:
				err = h.endEverything(u, "", store.ReasonPasswordReset)
			}
			// A replay that the racers caused may have ended the session first.
			if err != nil && !errors.Is(err, ErrInvalidToken) {
				t.Errorf("round %d: %v", round, err)
			}
		})
		wg.Wait()
		close(out)
		for got := range out {
			if h.accepts(got.AccessToken) {
				t.Errorf("round %d: an access token lives on", round)
			}
			if _, err := h.refresh(got.RefreshToken); !errors.Is(err, ErrEnded) {
				t.Errorf("round %d: a refresh token answers %v, want session_ended", round, err)
			}
		}
	}
}

// TestALoginThatRacesAResetNeverOutlivesIt opens sessions with the user as read
// before everything ended.
func TestALoginThatRacesAResetNeverOutlivesIt(t *testing.T) {
	t.Parallel()
	const rounds, logins = 10, 8
	h := newHouse(t)
	for range rounds {
		u := h.user()
		opened := make(chan Tokens, logins)
		var wg sync.WaitGroup
		for range logins {
			wg.Go(func() {
				tokens, ok, err := h.trySignIn(u)
				if err != nil {
					t.Error(err)
				}
				if ok {
					opened <- tokens
				}
			})
		}
		wg.Go(func() {
			if err := h.endEverything(u, "", store.ReasonPasswordReset); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		close(opened)
		for tokens := range opened {
			if _, err := h.refresh(tokens.RefreshToken); !errors.Is(err, ErrEnded) || h.accepts(tokens.AccessToken) {
				t.Errorf("a session outlives the reset (%v)", err)
			}
		}
		live, err := h.store.Direct().Sessions.Live(context.Background(), u.ID, h.clock.Now(), store.Page{Limit: 10})
		if err != nil || len(live) != 0 {
			t.Errorf("got %d live sessions, %v; want none", len(live), err)
		}
	}
}
