package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sallyport-auth/sallyport/internal/migration"
)

// refusals is the file of refused rows. It holds those of all runs of an import that
// was cut off, each once.
type refusals struct {
	file  *os.File
	after int64 // so many rows were done before the last that were listed
	at    int64 // where those begin
	end   int64
}

// openRefusals opens the file, which its owner alone may read. An import that goes on
// goes on behind what the rows that are done have left there; another begins anew.
func openRefusals(ctx context.Context, path string, o migration.Options) (*refusals, error) {
	done, resumes, err := migration.Resumes(ctx, o)
	if err != nil {
		return nil, err
	}
	flags := os.O_RDWR | os.O_CREATE
	if !resumes {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("replace the file of refused rows: %w", err)
		}
		flags |= os.O_EXCL
	}
	// A link here could lead to a file of the operator's, which would be cut off.
	if there, err := os.Lstat(path); err == nil && !there.Mode().IsRegular() {
		return nil, fmt.Errorf("open the file of refused rows: %s is no regular file", path)
	}
	f, err := os.OpenFile(path, flags, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("open the file of refused rows: %w", err)
	}
	r := &refusals{file: f, after: done}
	if err := f.Chmod(0o600); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if r.at, err = lengthUpTo(f, done); err != nil {
		return nil, errors.Join(fmt.Errorf("read the file of refused rows: %w", err), f.Close())
	}
	r.end = r.at
	return r, nil
}

// lengthUpTo tells where the lines of the first rows end.
func lengthUpTo(file io.Reader, rows int64) (length int64, err error) {
	for lines := bufio.NewReader(file); ; {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return length, nil // a line without an end was cut off
		}
		if err != nil {
			return 0, err
		}
		var r migration.Refusal
		if json.Unmarshal(line, &r) != nil || r.Row > rows {
			return length, nil //nolint:nilerr // a line that was cut off ends the list
		}
		length += int64(len(line))
	}
}

// write lists rows in the place of those that were listed after the same number.
func (r *refusals) write(after int64, rows []migration.Refusal) error {
	if after > r.after {
		r.after, r.at = after, r.end
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	if err := r.file.Truncate(r.at); err != nil {
		return fmt.Errorf("write the file of refused rows: %w", err)
	}
	if _, err := r.file.WriteAt(lines.Bytes(), r.at); err != nil {
		return fmt.Errorf("write the file of refused rows: %w", err)
	}
	r.end = r.at + int64(lines.Len())
	return nil
}
