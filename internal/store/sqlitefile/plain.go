package sqlitefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// errNotPlain is returned for a name that leads to another file.
var errNotPlain = errors.New("is no file of its own: remove it")

// plain opens a file to be written, or makes it so that only its owner may read
// it. It follows no link, and refuses a file that has another name as well.
func plain(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600) //nolint:gosec // the operator names the path
	if errors.Is(err, syscall.ELOOP) {
		return nil, fmt.Errorf("%s %w", path, errNotPlain)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		if s, ok := info.Sys().(*syscall.Stat_t); !info.Mode().IsRegular() || ok && s.Nlink != 1 {
			err = fmt.Errorf("%s %w", path, errNotPlain)
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// ours reports whether a file belongs to this process's user, or to the owner of
// its folder, who can put there what they like.
func ours(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	folder, err := os.Stat(filepath.Dir(f.Name()))
	if err != nil {
		return false
	}
	file, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true // no owners here
	}
	around, ok := folder.Sys().(*syscall.Stat_t)
	return int(file.Uid) == os.Geteuid() || ok && file.Uid == around.Uid
}
