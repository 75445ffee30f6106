package sqlitefile

import (
	"errors"
	"os"
)

// errReplaced is returned when a path names another file than before.
var errReplaced = errors.New("another file stands in place of the database")

// Identity remembers which file a path named.
type Identity struct {
	path string
	info os.FileInfo
}

// Identify looks at the file of a database that is open.
func Identify(path string) (*Identity, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	return &Identity{path: path, info: info}, nil
}

// Check finds out whether somebody took the file away under us, for SQLite would
// go on writing to a file that nobody can find any more; or its write-ahead log,
// for what was committed since the last checkpoint would be gone with this
// process.
func (i *Identity) Check() error {
	now, err := os.Stat(i.path)
	if err != nil {
		return err
	}
	if !os.SameFile(i.info, now) {
		return errReplaced
	}
	_, err = os.Stat(i.path + "-wal")
	return err
}
