package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/migration"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store/foreigntable"
)

// Import says which users to bring from where. File is one of JSON Lines or of
// comma-separated values (*.csv); without it, it is Table of the database From.
type Import struct {
	File, From, Table string
	Options           migration.Options // without store, trail, clock and source
	Map               []string          // changes of the map that is proposed
	RefusedFile       string
	AllowWeak         bool // digests that are guessed fast, which are wrapped
	// Confirm is asked before anything is written, and may be nil.
	Confirm func(migration.Map) error
}

// Run imports, or says what an import would do.
func (i Import) Run(ctx context.Context, cfg config.Config) (report migration.Report, m migration.Map, err error) {
	from, closeSource, err := i.source(ctx)
	if err != nil {
		return report, nil, fmt.Errorf("open what is to be imported: %w", err)
	}
	defer func() { err = errors.Join(err, closeSource()) }()
	if m, err = i.columns(ctx, from); err != nil {
		return report, m, err
	}
	o := i.Options
	if i.AllowWeak {
		o.Weak = func(w password.Weak) (string, error) {
			return w.Wrap(password.Options{Argon2MemoryKiB: cfg.Argon2MemoryKiB, Argon2Passes: cfg.Argon2Passes})
		}
	}
	o.From, o.Map, o.Clock, o.Trail = from, m, clock.System{}, audit.New(clock.System{}).OfCommand(os.Getuid())
	so := storeOptions(cfg, clock.System{})
	so.Patience = patient
	st, ring, err := openWith(ctx, cfg, so)
	if err != nil {
		return report, m, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	o.Store = st
	o.Seal = func(enrolment, plain string) (string, error) { return mfa.Seal(ring, enrolment, plain) }
	list, err := openRefusals(ctx, i.RefusedFile, o)
	if err != nil {
		return report, m, err
	}
	o.Refused = list.write
	report, err = migration.Run(ctx, o)
	return report, m, errors.Join(err, list.file.Close())
}

// columns chooses the columns, and asks whether they are right. An export of this
// program needs none.
func (i Import) columns(ctx context.Context, from migration.Source) (m migration.Map, err error) {
	if file, is := from.(*migration.File); is && file.IsExport() {
		if len(i.Map) > 0 || len(i.Options.Roles) > 0 || i.AllowWeak || i.Options.Firebase != nil {
			return nil, errors.New("the file is a Sallyport export, which is imported as it is: leave out --map, --role, --allow-weak and --firebase")
		}
		return migration.Map{}, nil
	}
	columns, err := from.Columns(ctx)
	if err != nil {
		return nil, err
	}
	if m, err = migration.Propose(columns).With(i.Map); err != nil {
		return nil, err
	}
	if err := m.Check(columns); err != nil {
		return m, err
	}
	if t, is := from.(*tableSource); is {
		t.chosen = m
	}
	if i.Confirm != nil {
		return m, i.Confirm(m)
	}
	return m, nil
}

func (i Import) source(ctx context.Context) (migration.Source, func() error, error) {
	if i.File == "" {
		t, err := foreigntable.Open(ctx, i.From, i.Table)
		if err != nil {
			return nil, nil, err
		}
		return &tableSource{Table: t, url: i.From}, t.Close, nil
	}
	f, err := os.Open(i.File)
	if err != nil {
		return nil, nil, err
	}
	source, err := migration.NewFile(f, strings.EqualFold(filepath.Ext(i.File), ".csv"))
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return source, f.Close, nil
}

// tableSource gives the rows of a table by a map.
type tableSource struct {
	*foreigntable.Table

	url    string
	chosen migration.Map
}

// Columns names the columns.
func (t *tableSource) Columns(context.Context) ([]string, error) { return t.Table.Columns(), nil }

// Fingerprint is of the table; the URL may hold a password.
func (t *tableSource) Fingerprint() string { return secret.Hash(t.url + "\x00" + t.Name()) }

// Each gives the rows by their ids.
func (t *tableSource) Each(ctx context.Context, after string, fn func(migration.Row) error) error {
	columns := slices.DeleteFunc(t.chosen.Columns(t.Table.Columns()), func(c string) bool { return c == t.chosen["id"] })
	n := int64(0)
	return t.Table.Each(ctx, t.chosen["id"], columns, after, func(r foreigntable.Row) error {
		n++
		return fn(migration.Row{Number: n, Cursor: r.Key, Values: r.Values})
	})
}
