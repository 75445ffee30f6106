package sqlstore

import (
	"context"
	"fmt"
	"os"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Check tells whether the database answers, is still the file that was opened,
// holds the schema that this program wants, and can be written to. It gives up
// when ctx does, or after about two seconds.
func (db *DB) Check(ctx context.Context) error {
	if err := db.checkFile(); err != nil {
		return err
	}
	if err := db.checkSchema(ctx); err != nil {
		return err
	}
	if err := again(ctx, db.writer.patience, db.checkWritable); err != nil {
		return err
	}
	return db.checkLog()
}

// checkFile finds out whether somebody took the file away under us: SQLite
// would go on writing to the file that nobody can find any more.
func (db *DB) checkFile() error {
	now, err := os.Stat(db.path)
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	if !os.SameFile(db.file, now) {
		return fmt.Errorf("%w: another file stands in place of the database", store.ErrUnavailable)
	}
	return nil
}

// checkLog finds out whether somebody took the write-ahead log away: what was
// committed since the last checkpoint would be gone with this process.
func (db *DB) checkLog() error {
	if _, err := os.Stat(db.path + "-wal"); err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return nil
}

// checkWritable takes the write lock and gives it back.
func (db *DB) checkWritable(ctx context.Context, b *budget) error {
	l := db.writer
	if err := l.acquire(ctx, b); err != nil {
		return err
	}
	defer l.release()
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return l.fail(ctx, err)
	}
	return l.fail(ctx, tx.Rollback())
}
