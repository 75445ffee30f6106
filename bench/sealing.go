package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// pace is how many events a second sealing is to keep up with.
const pace = 500

// sealed is a store, what is recorded in it, and what seals it.
type sealed struct {
	store *store.Store
	trail *audit.Trail
	log   *seal.Log
}

func openSealed(ctx context.Context, url string) (sealed, error) {
	st, err := store.Open(ctx, store.Options{URL: url, Clock: clock.System{}, Patience: patience, Connections: connections})
	if err != nil {
		return sealed{}, err
	}
	ring, err := secret.ParseKeyring(benchKey)
	if err != nil {
		return sealed{}, errors.Join(err, st.Close())
	}
	return sealed{
		store: st, trail: audit.New(clock.System{}),
		log: seal.New(seal.Options{Store: st, Keyring: ring, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)}),
	}, nil
}

// record writes events, each as a sign-in does.
func (s sealed) record(ctx context.Context, events int) error {
	return s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		for range events {
			if err := s.trail.Record(ctx, tx, audit.Event{
				Kind: audit.KindSessionOpened, Outcome: audit.Success, UserID: id.Random(), SessionID: id.Random(),
				Origin: audit.Origin{Address: "192.0.2.1", UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// sealing tells whether events are sealed as fast as they can come, and what that
// adds to a sign-in.
func (b *bench) sealing(ctx context.Context) ([]figure, error) {
	dir := filepath.Join(b.dir, "sealing")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	maria, err := fleet.StartMariaDB(ctx, dir, fleet.Options{Durable: true})
	if err != nil {
		return nil, err
	}
	defer maria.Stop()
	if err := maria.CreateDatabase(ctx, "sealing"); err != nil {
		return nil, err
	}
	login, err := b.loginCost(ctx)
	if err != nil {
		return nil, err
	}
	var all []figure
	for _, place := range []struct{ name, url string }{
		{"SQLite", "sqlite://" + filepath.Join(dir, "sealing.db")}, {"MariaDB", maria.URL("sealing")},
	} {
		s, err := openSealed(ctx, place.url)
		if err != nil {
			return nil, err
		}
		figures, err := b.sealingOn(ctx, s, place.name, login)
		if err := errors.Join(err, s.store.Close()); err != nil {
			return nil, err
		}
		all = append(all, figures...)
	}
	return all, nil
}

func (b *bench) sealingOn(ctx context.Context, s sealed, name string, login time.Duration) ([]figure, error) {
	if err := s.log.Turn(ctx); err != nil { // makes key and tree
		return nil, err
	}
	waiting, recorded, err := b.paced(ctx, s)
	if err != nil {
		return nil, err
	}
	rate, err := s.drained(ctx)
	if err != nil {
		return nil, err
	}
	alone, err := s.cost(ctx, 1, 200)
	if err != nil {
		return nil, err
	}
	together, err := s.cost(ctx, pace, 4)
	if err != nil {
		return nil, err
	}
	return []figure{
		{
			what: "events sealed a second on " + name + ", against those that are to be", value: rate / pace, aim: atLeast(4), bound: atLeast(1),
			detail: fmt.Sprintf("%.0f/s against %d/s", rate, pace),
		},
		{
			what: fmt.Sprintf("seconds that %d events/s wait on %s", pace, name), value: float64(waiting) / pace, unit: " s", aim: atMost(2), bound: atMost(4),
			detail: fmt.Sprintf("at most %d were not sealed; %.0f/s were recorded", waiting, recorded),
		},
		{
			what: "sealing one event alone on " + name + ", CPU against a login", value: float64(alone) / float64(login), aim: atMost(0.05), bound: atMost(0.1),
			detail: fmt.Sprintf("%.2f ms against %.1f ms; %.3f ms where %d come at once", ms(alone), ms(login), ms(together), pace),
		},
	}, nil
}

// paced records at the pace while a log seals beside, as in a server, and gives the
// most events that waited at once.
func (b *bench) paced(ctx context.Context, s sealed) (most int, recorded float64, err error) {
	sealing, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- s.log.Run(sealing) }()
	began := time.Now()
	var count atomic.Int64
	for time.Since(began) < b.seconds && err == nil {
		due := int64(time.Since(began).Seconds()*pace) - count.Load()
		for ; due > 0 && err == nil; due -= 10 {
			err = s.record(ctx, 10)
			count.Add(10)
		}
		if err == nil {
			var listed []string
			listed, err = s.store.Direct().AuditUnsealed.Peek(ctx, "", 100*pace)
			most = max(most, len(listed))
		}
		wait(ctx, 50*time.Millisecond)
	}
	recorded = float64(count.Load()) / time.Since(began).Seconds()
	stop()
	return most, recorded, errors.Join(err, <-done)
}

// drained gives the rate at which many events that wait are sealed.
func (s sealed) drained(ctx context.Context) (float64, error) {
	const backlog = 10_000
	for range backlog / 500 {
		if err := s.record(ctx, 500); err != nil {
			return 0, err
		}
	}
	from := time.Now()
	err := s.log.Seal(ctx)
	return backlog / time.Since(from).Seconds(), err
}

// cost is the processor time of sealing an event, so many of them in one turn.
func (s sealed) cost(ctx context.Context, together, turns int) (time.Duration, error) {
	var sum time.Duration
	for range turns {
		if err := s.record(ctx, together); err != nil {
			return 0, err
		}
		from, err := ownCPU()
		if err != nil {
			return 0, err
		}
		if err := s.log.Turn(ctx); err != nil {
			return 0, err
		}
		to, err := ownCPU()
		if err != nil {
			return 0, err
		}
		sum += to - from
	}
	return sum / time.Duration(turns*together), nil
}

// loginCost is the processor time of a login of a server.
func (b *bench) loginCost(ctx context.Context) (time.Duration, error) {
	const logins = 50
	s, err := b.serve(ctx, "sealing-login")
	if err != nil {
		return 0, err
	}
	if _, err := b.user(ctx, s, "sealing@bench.example"); err != nil {
		return 0, err
	}
	from, err := s.cpu()
	for n := 0; n < logins && err == nil; n++ {
		err = s.post(ctx, "/auth/login", credentials{"sealing@bench.example", password}, http.StatusOK, nil)
	}
	if err != nil {
		return 0, err
	}
	to, err := s.cpu()
	return (to - from) / logins, errors.Join(err, s.stop())
}
