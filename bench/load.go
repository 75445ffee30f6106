package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// connections is how many clients a load has.
const connections = 16

// rate runs step on every connection for the length of a load, and gives calls
// per second. The first fifth is a warm-up and not counted.
func (b *bench) rate(ctx context.Context, step func(ctx context.Context, client int) error) (float64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var counted atomic.Int64
	var counting atomic.Bool
	var wg sync.WaitGroup
	for n := range connections {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := step(ctx, n); err != nil {
					if ctx.Err() == nil {
						cancel(err)
					}
					return
				}
				if counting.Load() {
					counted.Add(1)
				}
			}
		})
	}
	var elapsed time.Duration
	if wait(ctx, b.seconds/5) {
		counting.Store(true)
		from := time.Now()
		wait(ctx, b.seconds)
		counting.Store(false)
		elapsed = time.Since(from)
	}
	err := context.Cause(ctx)
	cancel(nil)
	wg.Wait()
	if err != nil {
		return 0, err
	}
	return float64(counted.Load()) / elapsed.Seconds(), nil
}

// wait waits for d and reports whether ctx is still live.
func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// statusError is a status that was not expected.
type statusError int

// Error is the number.
func (s statusError) Error() string { return strconv.Itoa(int(s)) }

// get reads a path with a bearer token and expects 200.
func (s *server) get(ctx context.Context, path, bearer string) error {
	return s.ask(ctx, path, bearer, http.StatusOK)
}

// ask is get for an answer with another status.
func (s *server) ask(ctx context.Context, path, bearer string, want int) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return err
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	if err == nil && resp.StatusCode != want {
		err = fmt.Errorf("GET %s: %w", path, statusError(resp.StatusCode))
	}
	return err
}

// alternate runs two calls in turn and gives the median time of each. Each is as
// often the first of its pair as the second: what a call leaves to do in the
// background slows the one that follows.
func (b *bench) alternate(one, two func(n int) error) (first, second time.Duration, err error) {
	calls := [2]func(int) error{one, two}
	var times [2][]time.Duration
	for n := range b.tries {
		for turn := range times {
			i := (n + turn) % len(times)
			from := time.Now()
			err = errors.Join(err, calls[i](n))
			times[i] = append(times[i], time.Since(from))
		}
	}
	return median(times[0]), median(times[1]), err
}

func median(of []time.Duration) time.Duration {
	slices.Sort(of)
	return of[len(of)/2]
}
