package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Import is how far an import of a source has come that has not ended.
type Import struct {
	Source      string
	Fingerprint string // of what is imported, and how
	Cursor      string // the last row that is done, as the source names it
	RowsDone    int64
	UpdatedAt   time.Time
}

var (
	importBySource = q(`SELECT source, fingerprint, cursor_text, rows_done, updated_at FROM imports WHERE realm_id = ? AND source = ?`)
	importInsert   = q(`
		INSERT INTO imports (realm_id, source, fingerprint, cursor_text, rows_done, updated_at) VALUES (?, ?, ?, ?, ?, ?)`)
	importAdvance = q(`
		UPDATE imports SET fingerprint = ?, cursor_text = ?, rows_done = ?, updated_at = ? WHERE realm_id = ? AND source = ?`)
	importDelete = q(`DELETE FROM imports WHERE realm_id = ? AND source = ?`)
)

// Imports are the rows of imports.
type Imports struct{ *bound }

// BySource reads one, or returns ErrNotFound.
func (t Imports) BySource(ctx context.Context, source string) (Import, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, i *Import) error {
		return row.Scan(&i.Source, &i.Fingerprint, &i.Cursor, &i.RowsDone, timeInto(&i.UpdatedAt))
	}, importBySource, t.realm, source)
}

// Advance notes how far an import has come.
func (t Imports) Advance(ctx context.Context, i Import) error {
	moved, err := t.change(ctx, importAdvance, i.Fingerprint, i.Cursor, i.RowsDone, micros(i.UpdatedAt), t.realm, i.Source)
	if err != nil || moved {
		return err
	}
	return t.add(ctx, importInsert, t.realm, i.Source, i.Fingerprint, i.Cursor, i.RowsDone, micros(i.UpdatedAt))
}

// Delete forgets an import that has ended.
func (t Imports) Delete(ctx context.Context, source string) error {
	_, err := t.change(ctx, importDelete, t.realm, source)
	return err
}
