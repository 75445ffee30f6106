package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// following is how many programs follow the feed of one instance.
	following = 1000
	// followerWait is how long a guard of default settings has a page held back, and
	// followerGap the least time between two.
	followerWait = 1200 * time.Millisecond
	followerGap  = 25 * time.Millisecond
)

// followers tells what an instance pays for programs that follow an idle feed, each
// on a connection of its own, as guards do. They follow a bare server that holds
// requests back as well, in turns, so that a machine that is busy shows in both.
func (b *bench) followers(ctx context.Context) ([]figure, error) {
	s, err := b.serve(ctx, "followers", "SALLYPORT_LOG_LEVEL=info")
	if err != nil {
		return nil, err
	}
	m, err := b.machine(ctx, s)
	if err != nil {
		return nil, err
	}
	bare, err := b.bare(ctx, bareHeld)
	if err != nil {
		return nil, err
	}
	var all, held followed
	signatures := time.Duration(0)
	const turns, signed = 4, 1000
	for range turns {
		if err := all.measure(ctx, m, b.seconds); err != nil {
			return nil, err
		}
		if err := held.measure(ctx, &machine{server: bare}, b.seconds); err != nil {
			return nil, err
		}
		raw, err := rawSignatures(signed)
		if err != nil {
			return nil, err
		}
		signatures += raw
	}
	page, plain, signature := all.page(), held.page(), float64(signatures.Microseconds())/(turns*signed)
	return []figure{
		{
			what: fmt.Sprintf("%d programs follow an idle feed", following), value: 100 * all.cpu.Seconds() / all.took.Seconds(), unit: " % of a core",
			aim: atMost(10), bound: atMost(40), detail: fmt.Sprintf("%.0f pages a second, %.0f us each", float64(all.pages)/all.took.Seconds(), page),
		},
		{
			what: "page of the feed, CPU against a bare handler and a signature", value: page / (plain + signature), aim: atMost(1.25), bound: atMost(2.5),
			detail: fmt.Sprintf("%.0f us against %.0f us and %.0f us", page, plain, signature),
		},
	}, errors.Join(s.stop(), bare.stop())
}

// followed is what following cost a server.
type followed struct {
	cpu, took time.Duration
	pages     int64
}

// page is the processor time of a page in microseconds.
func (f *followed) page() float64 { return float64(f.cpu.Microseconds()) / float64(max(f.pages, 1)) }

// measure has everybody follow, and adds what that cost from when each has come and
// the collector knows the size of it.
func (f *followed) measure(ctx context.Context, m *machine, during time.Duration) error {
	m.client.Transport = &http.Transport{MaxIdleConnsPerHost: following}
	defer m.client.CloseIdleConnections()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var pages atomic.Int64
	var over atomic.Bool
	var wg sync.WaitGroup
	for n := range following {
		wg.Go(func() {
			wait(ctx, followerWait*time.Duration(n)/following) // nobody starts in step
			if err := m.follow(ctx, &pages, &over); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	wait(ctx, 4*time.Second)
	from, err := m.cpu()
	if err != nil {
		return err
	}
	began, before := time.Now(), pages.Load()
	wait(ctx, during)
	to, err := m.cpu()
	f.cpu, f.took, f.pages = f.cpu+to-from, f.took+time.Since(began), f.pages+pages.Load()-before
	if err == nil {
		err = context.Cause(ctx)
	}
	over.Store(true) // each takes its last page: a poll that is given up is a line in the log
	wg.Wait()
	return err
}

// rawSignatures gives the processor time of n signatures of the default algorithm,
// one of which every page has.
func rawSignatures(n int) (time.Duration, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return 0, err
	}
	from, err := ownCPU()
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256([]byte("as long as any other"))
	for range n {
		if _, err := ecdsa.SignASN1(rand.Reader, key, sum[:]); err != nil {
			return 0, err
		}
	}
	to, err := ownCPU()
	return to - from, err
}

// machine is a client with a secret at a server.
type machine struct {
	*server

	ClientID string `json:"client_id"`
	Secret   string `json:"client_secret"`
}

// machine makes a client by the command line.
func (b *bench) machine(ctx context.Context, s *server) (*machine, error) {
	cmd := exec.CommandContext(ctx, b.binary, "client", "create", "--name", "bench", "--json", "--data-dir", s.dir)
	cmd.Env = append([]string{"HOME=" + s.dir}, s.env...)
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("client create: %w", err)
	}
	m := &machine{server: s}
	return m, json.Unmarshal(out, m)
}

// follow reads page after page until it is over or ctx is done.
func (m *machine) follow(ctx context.Context, pages *atomic.Int64, over *atomic.Bool) error {
	var at struct {
		To   int64  `json:"to"`
		Mark string `json:"mark"`
	}
	query := url.Values{"after": {"0"}, "nonce": {"n"}}
	for n := 0; ctx.Err() == nil && !over.Load(); n++ {
		query.Set("nonce", strconv.Itoa(n))
		page, err := m.page(ctx, query)
		if err != nil {
			return err
		}
		parts := strings.Split(page, ".")
		if len(parts) != 3 {
			return fmt.Errorf("a page is %q", page)
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return err
		}
		if err := json.Unmarshal(payload, &at); err != nil {
			return err
		}
		query.Set("after", strconv.FormatInt(at.To, 10))
		query.Set("mark", at.Mark)
		query.Set("wait", strconv.FormatFloat(followerWait.Seconds(), 'f', 1, 64))
		pages.Add(1)
		wait(ctx, followerGap)
	}
	return nil
}

// page asks for one page of the feed.
func (m *machine) page(ctx context.Context, query url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, m.url+"/revocations?"+query.Encode(), nil)
	if err != nil {
		return "", err
	}
	req.SetBasicAuth(m.ClientID, m.Secret)
	resp, err := m.client.Do(req)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET /revocations: %w: %s", statusError(resp.StatusCode), text)
	}
	return string(text), err
}
