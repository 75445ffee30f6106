package conformance

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// refreshRows are about refresh tokens.
func refreshRows() []Row {
	return []Row{
		{
			Name: "refresh", try: tryRefresh,
			Promise: "A refresh token is exchanged for new tokens that work; what is none is refused.",
			Why:     "A server that fails at what it did not expect tells attackers where to look, and programs that retry load it.",
			Sources: []string{"RFC 6749 §6", "RFC 6749 §10.4"},
		},
		{
			Name: "rotation-race", try: tryRotationRace,
			Promise: "A refresh token that is presented many times at once has one successor, which works.",
			Why:     "Two successors are two lines of tokens: a thief keeps one, and no replay is ever seen.",
			Sources: []string{"RFC 9700 §4.14.2", "ASVS 10.4.5"},
		},
		{
			Name: "lost-answer", try: tryLostAnswer,
			Promise: "A client that never got its answer may ask again.",
			Why:     "Phones lose answers in tunnels; people would be signed out for it.",
			Sources: []string{"RFC 9700 §4.14.2"},
		},
		{
			Name: "swapped-answers", try: trySwappedAnswers,
			Promise: "Two tabs that refresh at once, and keep each other's answer, both go on.",
			Why:     "Tabs share a store and race for it; people would be signed out for having two of them.",
			Sources: []string{"RFC 9700 §4.14.2"},
		},
		{
			Name: "refresh-replay", try: tryReplay,
			Promise: "A refresh token of long ago gives nothing and ends its session, with every token.",
			Why:     "It was copied. Who of the two is the thief cannot be told, so both must sign in again.",
			Sources: []string{"RFC 9700 §4.14.2", "ASVS 10.4.5"},
		},
	}
}

func tryRefresh(ctx context.Context, a *attempt) error {
	_, t, err := a.session(ctx)
	if err != nil {
		return err
	}
	got, err := a.exchangeToken(ctx, t.refresh)
	if err != nil {
		return err
	}
	next := tokensOf(got)
	if !next.whole() {
		return broken("a fresh refresh token was answered %v", got)
	}
	if ok, err := a.alive(ctx, next.access, ""); err != nil || !ok {
		return broken("the new access token does not open %s (%v)", a.options.Protected, err)
	}
	for _, junk := range []string{"", "x", next.access, next.refresh[:len(next.refresh)-4] + "AAAA", next.refresh + "A"} {
		got, err := a.exchangeToken(ctx, junk)
		if err != nil {
			return err
		}
		if !got.refused() {
			return broken("what is no refresh token was answered %v, not refused", got)
		}
	}
	return nil
}

// racers is how many present one thing at once.
const racers = 16

// race sends one request from many goroutines at once.
func (a *attempt) race(ctx context.Context, each func(n int) request) ([]answer, error) {
	answers, failures := make([]answer, racers), make([]error, racers)
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for n := range racers {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			answers[n], failures[n] = a.send(ctx, each(n))
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	for _, err := range failures {
		if err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// raceRefresh presents the refresh token of a new session many times at once.
func (a *attempt) raceRefresh(ctx context.Context) ([]answer, error) {
	_, t, err := a.session(ctx)
	if err != nil {
		return nil, err
	}
	return a.race(ctx, func(int) request {
		return post(pathRefresh, map[string]string{"refresh_token": t.refresh})
	})
}

func tryRotationRace(ctx context.Context, a *attempt) error {
	answers, err := a.raceRefresh(ctx)
	if err != nil {
		return err
	}
	successors := map[string]bool{}
	for _, got := range answers {
		if next := tokensOf(got); next.whole() {
			successors[next.refresh] = true
		}
	}
	if len(successors) != 1 {
		return broken("%d presentations at once gave %d different refresh tokens, not one", racers, len(successors))
	}
	for refresh := range successors {
		got, err := a.exchangeToken(ctx, refresh)
		if err != nil {
			return err
		}
		if !tokensOf(got).whole() {
			return broken("after the race the successor was answered %v", got)
		}
	}
	return nil
}

// timeout is how long the client waits for the answer that it never gets.
const timeout = time.Second

func tryLostAnswer(ctx context.Context, a *attempt) error {
	_, t, err := a.session(ctx)
	if err != nil {
		return err
	}
	if got, err := a.exchangeToken(ctx, t.refresh); err != nil || !got.ok() {
		return untried("a fresh refresh token was answered %v (%v)", got, err)
	}
	if err := a.wait(ctx, timeout, "the client gives its answer up for lost"); err != nil {
		return err
	}
	got, err := a.exchangeToken(ctx, t.refresh)
	if err != nil {
		return err
	}
	next := tokensOf(got)
	if !next.whole() {
		return broken("the second presentation, %v later, was answered %v", timeout, got)
	}
	if ok, err := a.alive(ctx, next.access, ""); err != nil || !ok {
		return broken("the access token of the second answer does not work (%v)", err)
	}
	if got, err = a.exchangeToken(ctx, next.refresh); err != nil || !tokensOf(got).whole() {
		return broken("the refresh token of the second answer was answered %v (%v)", got, err)
	}
	return nil
}

func trySwappedAnswers(ctx context.Context, a *attempt) error {
	answers, err := a.raceRefresh(ctx)
	if err != nil {
		return err
	}
	// A tab that was refused reads the store again, where the other's answer is.
	kept := ""
	for _, got := range answers {
		if next := tokensOf(got); next.whole() {
			kept = next.refresh
		}
	}
	if kept == "" {
		return broken("of tabs that refreshed at once none got tokens; one was answered %v", answers[0])
	}
	first, second := kept, kept
	if next := tokensOf(answers[0]); next.whole() {
		second = next.refresh
	}
	if next := tokensOf(answers[1]); next.whole() {
		first = next.refresh
	}
	for _, tab := range []string{first, second} {
		got, err := a.exchangeToken(ctx, tab)
		if err != nil {
			return err
		}
		if !tokensOf(got).whole() && got.member("next") != "retry" {
			return broken("a tab that kept the other's answer was answered %v", got)
		}
	}
	return nil
}

func tryReplay(ctx context.Context, a *attempt) error {
	_, first, err := a.living(ctx)
	if err != nil {
		return err
	}
	newest := first
	for range 3 {
		if newest, err = a.rotate(ctx, newest); err != nil {
			return err
		}
	}
	got, err := a.exchangeToken(ctx, first.refresh)
	if err != nil {
		return err
	}
	if got.ok() {
		return broken("a refresh token that was rotated three times was answered %v", got)
	}
	if got.status >= http.StatusInternalServerError {
		return broken("a used refresh token was answered %v", got)
	}
	return a.ended(ctx, newest, "a used refresh token was presented")
}
