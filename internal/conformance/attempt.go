package conformance

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// server is what all rows share.
type server struct {
	options Options
	base    string
	second  string
	mail    mailbox
	http    *http.Client
	clock   clock.Clock

	tellMu sync.Mutex
}

// attempt is one row under way. Its methods may be called concurrently.
type attempt struct {
	*server

	row     string
	finding string // a figure that a passed row tells

	mu    sync.Mutex
	steps []Step
}

// patience is how long one answer may take, and a mail.
const patience = 30 * time.Second

// reach makes sure that there is a server, and a mail sink of a known kind.
func reach(ctx context.Context, o Options) (*server, error) {
	o.Protected = cmp.Or(o.Protected, pathMe)
	s := &server{
		options: o, base: strings.TrimSuffix(o.URL, "/"), second: strings.TrimSuffix(o.Second, "/"), clock: o.Clock,
		http: &http.Client{
			Timeout: patience,
			CheckRedirect: func(*http.Request, []*http.Request) error {
				return http.ErrUseLastResponse
			},
			// No proxy: what is tried is the server, not what stands between.
			Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true},
		},
	}
	for _, base := range []string{s.base, s.second} {
		if base == "" {
			continue
		}
		if _, err := s.exchange(ctx, request{method: http.MethodGet, path: o.Protected, base: base}); err != nil {
			return nil, err
		}
	}
	sink, err := findMailbox(ctx, s.http, cmp.Or(o.Mail, s.base+pathMailbox))
	if err != nil {
		return nil, err
	}
	s.mail = sink
	return s, nil
}

func (s *server) say(format string, args ...any) {
	if s.options.Progress == nil {
		return
	}
	s.tellMu.Lock()
	defer s.tellMu.Unlock()
	s.options.Progress(fmt.Sprintf(format, args...))
}

// wait passes time, and says what for.
func (a *attempt) wait(ctx context.Context, d time.Duration, what string) error {
	if d >= time.Second {
		a.say("%s: waits %v: %s", a.row, d.Round(time.Second), what)
	}
	if !clock.Sleep(ctx, d) {
		return ctx.Err()
	}
	return nil
}

// note writes an exchange down.
func (a *attempt) note(sent fmt.Stringer, came string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	step := Step{Sent: sent.String(), Came: came, Times: 1}
	if last := len(a.steps) - 1; last >= 0 && a.steps[last].Sent == step.Sent && a.steps[last].Came == step.Came {
		a.steps[last].Times++
		return
	}
	a.steps = append(a.steps, step)
}
