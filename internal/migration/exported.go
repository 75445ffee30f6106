package migration

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// exportBegins is how the first line of an export begins.
const exportBegins = `{"sallyport_export":`

// errCutOff is what is wrong with an export without its end.
var errCutOff = errors.New("the export was cut off: its last line is missing")

// IsExport tells whether the file is an export of this program.
func (f *File) IsExport() bool { return f.export != nil }

// readHeader finds out whether the file is an export, by its first line.
func (f *File) readHeader(line []byte) error {
	if !bytes.HasPrefix(line, []byte(exportBegins)) {
		return nil
	}
	var first exportLine
	if err := json.Unmarshal(line, &first); err != nil || first.Export == nil {
		return fmt.Errorf("read the first line of the export: %w", errors.Join(err, errCutOff))
	}
	if first.Export.Form != exportForm {
		return fmt.Errorf("the export has format %d; this version of Sallyport reads format %d", first.Export.Form, exportForm)
	}
	f.export = first.Export
	return nil
}

// exportRow reads a line of an export behind the first. What is no user is no row.
func (f *File) exportRow(line []byte, users int64) (row Row, is bool, err error) {
	var l struct {
		User map[string]any `json:"user"`
		Role *exportedRole  `json:"role"`
		End  *exportEnd     `json:"end"`
	}
	values := json.NewDecoder(bytes.NewReader(line))
	values.UseNumber()
	if values.Decode(&l) != nil {
		return Row{Broken: true}, true, nil //nolint:nilerr // a broken line is refused by itself, as any row
	}
	switch {
	case l.End != nil && l.End.Users != users:
		return row, false, fmt.Errorf("the export was changed: it has %d users, and was written with %d", users, l.End.Users)
	case l.End != nil:
		f.ended = true
	case l.Role != nil:
		f.roles = append(f.roles, *l.Role)
	default:
		return Row{Values: l.User, Broken: l.User == nil}, true, nil
	}
	return row, false, nil
}
