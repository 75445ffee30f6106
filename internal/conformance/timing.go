package conformance

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"
)

// timingRows are about strangers with a stopwatch. They run alone: what else the
// server does would hide what it must not show.
func timingRows() []Row {
	const why = "A server that hashes a password only where there is one answers later for those who have an account, and so names them."
	sources := []string{"ASVS 6.3.8", "OWASP Authentication Cheat Sheet", "CWE-208"}
	return []Row{
		{
			Name: "timing-login", try: timed(askLogin), alone: true, Why: why, Sources: sources,
			Promise: "The time of an answer to a wrong password does not tell whether there is an account.",
		},
		{
			Name: "timing-sign-up", try: timed(askSignUp), alone: true, Why: why, Sources: sources,
			Promise: "The time of an answer to a sign-up does not tell whether there is an account.",
		},
		{
			Name: "timing-reset", try: timed(askReset), alone: true, Why: why, Sources: sources,
			Promise: "The time of an answer to a request for a reset does not tell whether there is an account.",
		},
	}
}

// asked is how often one address is asked about: more would meet the limits of
// guesses and of mail.
const asked = 4

// timed asks about addresses with an account and without in turns, in an order drawn
// for each pair, and compares the times by rank. What looks like a difference is
// measured a second time; it counts only if it is there again.
func timed(question ask) func(context.Context, *attempt) error {
	return func(ctx context.Context, a *attempt) error {
		if a.options.Samples < asked {
			return untried("%d samples tell nothing", a.options.Samples)
		}
		var shown string
		for range 2 {
			known, unknown, err := a.times(ctx, question)
			if err != nil {
				return err
			}
			slower, p := rankSum(known, unknown)
			shown = fmt.Sprintf("Mann-Whitney, %d requests of each kind: with an account slower in %.0f %% of pairs (p = %.2g; medians %v and %v)",
				len(known), 100*slower, p, median(known).Round(10*time.Microsecond), median(unknown).Round(10*time.Microsecond))
			if p >= significance {
				a.finding = shown + fmt.Sprintf("; a difference in %.0f %% of pairs would be seen in 9 of 10 runs", 100*detectable(len(known)))
				return nil
			}
			a.say("%s: the times differ; measures again", a.row)
		}
		return broken("the times differ, twice: %s", shown)
	}
}

// times measures as many answers of each kind as there are to be samples.
func (a *attempt) times(ctx context.Context, question ask) (known, unknown []time.Duration, err error) {
	for n := 0; n < a.options.Samples; n += asked {
		p, err := a.member(ctx)
		if err != nil {
			return nil, nil, err
		}
		nobody := stranger()
		for range asked {
			emails := []string{p.email, nobody.email}
			first := int(rand.Text()[0]) & 1
			for _, which := range []int{first, 1 - first} {
				got, err := a.call(ctx, question(emails[which]))
				if err != nil {
					return nil, nil, err
				}
				if which == 0 {
					known = append(known, got.took)
				} else {
					unknown = append(unknown, got.took)
				}
			}
		}
		a.say("%s: %d of %d requests of each kind", a.row, len(known), a.options.Samples)
	}
	return known, unknown, nil
}
