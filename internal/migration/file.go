package migration

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// File is a source of JSON Lines, or of comma-separated values whose first line
// names the columns (RFC 4180).
type File struct {
	data    io.ReadSeeker
	csv     bool
	sum     string
	columns []string
	export  *exportHeader  // of an export of this program; nil for other files
	roles   []exportedRole // of it, once it was read to its end
	ended   bool           // whether its last line was read
	realm   bool           // whether it is a realm of Keycloak
}

const (
	// maxLine bounds a line of JSON.
	maxLine = 1 << 20
	// looked is how many lines tell the columns of JSON.
	looked = 1000
)

// NewFile looks at a file that stays as it is while it is imported.
func NewFile(data io.ReadSeeker, isCSV bool) (*File, error) {
	f := &File{data: data, csv: isCSV}
	sum := sha256.New()
	if _, err := io.Copy(sum, data); err != nil {
		return nil, err
	}
	f.sum = hex.EncodeToString(sum.Sum(nil))
	names := map[string]bool{}
	enough := errors.New("enough")
	if err := f.detectRealm(enough); err != nil {
		return nil, err
	}
	err := f.each(func(r Row) error {
		for name := range r.Values {
			names[name] = true
		}
		if isCSV || r.Number >= looked {
			return enough
		}
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return nil, err
	}
	if f.columns == nil {
		f.columns = slices.Sorted(maps.Keys(names))
	}
	return f, nil
}

// Columns names the columns.
func (f *File) Columns(context.Context) ([]string, error) { return f.columns, nil }

// Fingerprint is of the content.
func (f *File) Fingerprint() string { return f.sum }

// Each gives the rows; the cursor is the number of one.
func (f *File) Each(_ context.Context, after string, fn func(Row) error) error {
	skip, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		skip = 0
	}
	return f.each(func(r Row) error {
		if r.Number <= skip {
			return nil
		}
		return fn(r)
	})
}

func (f *File) each(fn func(Row) error) error {
	if _, err := f.data.Seek(0, io.SeekStart); err != nil {
		return err
	}
	switch {
	case f.csv:
		return f.eachCSV(fn)
	case f.realm:
		return f.eachKeycloak(fn)
	}
	return f.eachJSON(fn)
}

func (f *File) eachJSON(fn func(Row) error) error {
	lines := bufio.NewScanner(f.data)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	f.roles, f.ended = nil, false
	n := int64(0)
	for first := true; lines.Scan(); {
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		if first && f.export == nil {
			if err := f.readHeader(line); err != nil {
				return err
			}
		}
		if first, f.ended = false, false; f.export != nil && bytes.HasPrefix(line, []byte(exportBegins)) {
			continue
		}
		row, is, err := f.jsonRow(line, n)
		if err != nil {
			return err
		}
		if !is {
			continue
		}
		n++
		row.Number, row.Cursor = n, strconv.FormatInt(n, 10)
		if err := fn(row); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read JSON Lines (a line has at most %d bytes): %w", maxLine, err)
	}
	if f.export != nil && !f.ended {
		return errCutOff
	}
	return nil
}

// jsonRow reads a line behind some rows. Not every line of an export is a row.
func (f *File) jsonRow(line []byte, rows int64) (row Row, is bool, err error) {
	if f.export != nil {
		return f.exportRow(line, rows)
	}
	values := json.NewDecoder(bytes.NewReader(line))
	values.UseNumber() // an id of 19 digits stays what it is
	if err := values.Decode(&row.Values); err != nil || row.Values == nil || values.More() {
		row.Values, row.Broken = nil, true
	}
	return row, true, nil
}

func (f *File) eachCSV(fn func(Row) error) error {
	reader := csv.NewReader(bufio.NewReader(f.data))
	reader.ReuseRecord = true
	for n := int64(0); ; n++ {
		record, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read CSV: %w", err)
		case n == 0:
			f.columns = slices.Clone(record)
			f.columns[0] = strings.TrimPrefix(f.columns[0], "\ufeff")
			continue
		}
		row := Row{Number: n, Cursor: strconv.FormatInt(n, 10), Values: make(map[string]any, len(record))}
		for i, value := range record {
			row.Values[f.columns[i]] = value
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}
