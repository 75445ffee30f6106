package app

import (
	"context"
	"log/slog"
	"time"
)

// lookEvery is how often somebody looks whether the database's files are in
// their place.
const lookEvery = time.Second

// watchFiles tells at once when somebody takes the database's files away, and
// when they are back. Writes are refused meanwhile by the store itself.
func (a *App) watchFiles() task {
	return task{name: "database files", run: func(ctx context.Context) error {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for gone := false; ; {
			switch err := a.store.InPlace(); {
			case err != nil && !gone:
				gone = true
				a.log.ErrorContext(ctx, "the database's files were taken away: nothing is written until they are back in their place; "+
					"if they are lost, stop this process first, which saves what it can, and restore a backup", slog.Any("error", err))
			case err == nil && gone:
				gone = false
				a.log.WarnContext(ctx, "the database's files are back in their place")
			}
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
		}
	}}
}
