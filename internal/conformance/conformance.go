// Package conformance tries a running authentication server from outside, over
// HTTP alone, and says row by row what it keeps of what such a server promises.
//
// The server is any that has the seven paths: POST /auth/sign_up, /auth/login,
// /auth/logout, /auth/refresh, /auth/request-password-reset and
// /auth/reset-password, GET /auth/verify-email (and POST, where it has that), and
// one route that needs an access token. Its mail must lead to a sink that can be
// read: the mailbox of Sallyport, Mailpit or MailHog.
//
// A row has one promise and makes accounts of its own, so that rows do not meet;
// they run side by side, but for those that measure time or break something. A row
// ends in one of three ways: passed, failed, or not tried, with the reason. What
// could not be tried never counts as passed.
//
// It guesses passwords, sends mail and, if asked to, wipes a Redis database. So it
// runs only against servers whose operator agreed; see [Agreed].
//
// It imports no room of the server: what it knows of one, it was told in an answer.
package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// Outcome is how a row ended.
type Outcome string

// Outcomes.
const (
	Passed   Outcome = "passed"
	Failed   Outcome = "failed"
	NotTried Outcome = "not tried"
)

// Row is one promise and how it is tried.
type Row struct {
	Name    string   // as in --only: "rotation-race"
	Promise string   // one sentence
	Why     string   // what happens to people where it is broken
	Sources []string // sections of RFCs, ASVS, NIST, OWASP

	alone bool // disturbs other rows, or is disturbed by them
	try   func(context.Context, *attempt) error
}

// Result is what came of a row.
type Result struct {
	Row

	Outcome Outcome
	Says    string // what was found: the fault, the reason it was not tried, or a figure
	Steps   []Step
	Took    time.Duration
}

// Step is one request and its answer, without secrets. Times counts requests in a
// row that were alike.
type Step struct {
	Sent  string `json:"sent"`
	Came  string `json:"came"`
	Times int    `json:"times"`
}

// Options say what is tried, and how. Only URL, MaxWait, Samples and Clock must be set.
type Options struct {
	URL       string        // of the server
	Second    string        // of another instance of it
	Mail      string        // of the sink: Sallyport's mailbox.json (its own if empty), Mailpit or MailHog
	Redis     string        // what the server keeps there is wiped
	Protected string        // a route that needs an access token; GET /auth/me if empty
	Only      []string      // names of rows; all if empty
	Without   []string      // names of rows that are left out
	MaxWait   time.Duration // the longest wait for one thing: a rate limit, a rotation, an expiry
	Samples   int           // requests of each kind that are timed
	Clock     clock.Clock
	// Progress, if set, is told what goes on, one line at a time.
	Progress func(line string)
}

// side is how many rows run at a time.
const side = 6

// Run tries every row that is asked for. It fails only if there is nothing to try
// at all: a row that is not there, a server or a mail sink that cannot be reached.
func Run(ctx context.Context, o Options) (Report, error) {
	rows, err := chosen(o.Only, o.Without)
	if err != nil {
		return Report{}, err
	}
	s, err := reach(ctx, o)
	if err != nil {
		return Report{}, err
	}
	began := s.clock.Now()
	results := make([]Result, len(rows))
	var running sync.WaitGroup
	slots := make(chan struct{}, side)
	for n, row := range rows {
		if row.alone {
			continue
		}
		slots <- struct{}{}
		running.Go(func() {
			results[n] = s.run(ctx, row)
			<-slots
		})
	}
	running.Wait()
	for n, row := range rows {
		if row.alone {
			results[n] = s.run(ctx, row)
		}
	}
	return Report{URL: o.URL, Without: o.Without, BeganAt: began.UTC(), Took: s.clock.Now().Sub(began), Rows: results}, ctx.Err()
}

// chosen gives the rows that are asked for.
func chosen(only, without []string) ([]Row, error) {
	rows := Rows()
	for _, name := range slices.Concat(only, without) {
		if !slices.ContainsFunc(rows, func(r Row) bool { return r.Name == name }) {
			return nil, fmt.Errorf("there is no row %q", name)
		}
	}
	return slices.DeleteFunc(rows, func(r Row) bool {
		return len(only) > 0 && !slices.Contains(only, r.Name) || slices.Contains(without, r.Name)
	}), nil
}

// run tries one row.
func (s *server) run(ctx context.Context, row Row) Result {
	s.say("%s: begins", row.Name)
	a := &attempt{server: s, row: row.Name}
	began := s.clock.Now()
	err := row.try(ctx, a)
	r := Result{Row: row, Outcome: Passed, Says: a.finding, Steps: a.steps, Took: s.clock.Now().Sub(began)}
	if err != nil {
		r.Outcome, r.Says = Failed, err.Error()
		if _, ok := errors.AsType[untriedError](err); ok || ctx.Err() != nil {
			r.Outcome = NotTried
		}
	}
	s.say("%s: %s", row.Name, r.Outcome)
	return r
}

// untriedError is the reason why a row could not be tried.
type untriedError string

func (e untriedError) Error() string { return string(e) }

func untried(format string, args ...any) error { return untriedError(fmt.Sprintf(format, args...)) }

// broken says what the server did that it must not do.
func broken(format string, args ...any) error { return fmt.Errorf(format, args...) }
