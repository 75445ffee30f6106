package app

import (
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
)

// lostEnd says what to do about a file that has lost its end.
func lostEnd(err error) error {
	if !errors.Is(err, sqlitefile.ErrLogLost) {
		return err
	}
	return fmt.Errorf("%w: put the log back beside it (its name ends in -wal), or restore a backup; "+
		"\"sallyport restore --mark\" takes what is left and signs everybody out, so that nothing that was revoked counts again", err)
}
