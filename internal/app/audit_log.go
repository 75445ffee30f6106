package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// WithAuditLog hands fn the audit log and what proves it.
func WithAuditLog(ctx context.Context, cfg config.Config, fn func(AuditLog) error) error {
	return withRooms(ctx, cfg, func(a *App) error {
		return fn(AuditLog{
			Log: a.sealer, Trail: a.trail.Trail, Events: a.store.Direct().Audit,
			Retention: seal.Retention{Events: cfg.AuditRetention, Personal: cfg.AuditPersonalRetention},
		})
	})
}

// AuditLog is the audit log as commands need it.
type AuditLog struct {
	*seal.Log

	Trail     *audit.Trail
	Events    store.AuditEvents
	Retention seal.Retention
}

// ExportTo exports the log into a file that must not be there yet, or to out if no file
// is named. Progress may be nil.
func (l AuditLog) ExportTo(ctx context.Context, file string, out io.Writer, progress func(events int64)) (done seal.Exported, err error) {
	write := func(to io.Writer) error {
		done, err = l.Export(ctx, l.Trail, to, progress)
		return err
	}
	if file == "" {
		err = write(out)
	} else {
		err = intoNewFile(file, write)
	}
	return done, err
}

// VerifyAuditExport verifies an exported audit log, in a database that is thrown away.
func VerifyAuditExport(ctx context.Context, file string, given seal.Given) (report seal.Report, err error) {
	from, err := os.Open(file) //nolint:gosec // the operator names the file
	if err != nil {
		return report, fmt.Errorf("read the export: %w", err)
	}
	defer func() { _ = from.Close() }()
	dir, err := os.MkdirTemp("", "sallyport-audit-")
	if err != nil {
		return report, fmt.Errorf("make a database to verify in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	empty, err := store.Open(ctx, store.Options{URL: "sqlite://" + filepath.Join(dir, "log.db")})
	if err != nil {
		return report, fmt.Errorf("make a database to verify in: %w", err)
	}
	defer func() { err = errors.Join(err, empty.Close()) }()
	return seal.VerifyExport(ctx, empty, from, given)
}
