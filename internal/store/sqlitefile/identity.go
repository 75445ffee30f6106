package sqlitefile

import (
	"errors"
	"fmt"
	"os"
)

// errReplaced is returned when a name leads to another file than before.
var errReplaced = errors.New("another file stands in its place")

// Identity remembers which files a database that is open consists of: the file
// that its path named, and the write-ahead log beside it.
type Identity struct {
	path string
	file os.FileInfo
	log  os.FileInfo
}

// Identify looks at the files of a database that is open and was written to.
// SQLite keeps the log, and keeps it the same, while anybody has it open.
func Identify(path string) (*Identity, error) {
	file, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	log, err := os.Stat(path + "-wal")
	if err != nil {
		return nil, err
	}
	return &Identity{path: path, file: file, log: log}, nil
}

// Check finds out whether somebody took the database away under us, by removing,
// renaming or replacing the file, the log or their folder. SQLite would go on
// writing to files that nobody can find any more: what it writes would be gone
// with this process.
func (i *Identity) Check() error {
	for _, f := range []struct {
		path string
		was  os.FileInfo
	}{{i.path, i.file}, {i.path + "-wal", i.log}} {
		now, err := os.Stat(f.path)
		if err != nil {
			return err
		}
		if !os.SameFile(f.was, now) {
			return fmt.Errorf("%s: %w", f.path, errReplaced)
		}
	}
	return nil
}
