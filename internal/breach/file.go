package breach

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // see breach.go
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

const (
	// window is how much is read at once: some 20 lines.
	window = 1024
	// longestLine is more than a sum and a count take.
	longestLine = 80
	// probes is how many places of a file are looked at when it is opened.
	probes = 64
	// guesses is how often it is guessed where a sum stands before halving helps:
	// sums are spread evenly, unless somebody made a list that is not.
	guesses = 8
)

// What is wrong with a file.
var (
	errNoSums    = errors.New("a line is not 40 hexadecimal digits of SHA-1, with or without a colon and a count behind them")
	errNotSorted = errors.New("its lines are not sorted by their sums: take the list that is ordered by hash")
	errEmpty     = errors.New("it is empty")
	errNoFile    = errors.New("it is not a file")
)

// File is a sorted list of sums, one a line: 40 hexadecimal digits in either case,
// then nothing or a colon and how often the password was seen, ended by LF or CRLF.
// It is what Have I Been Pwned's downloader writes into a single file. The file is
// never read whole: a look-up reads 1 KiB about three times, whatever its size.
//
// Somebody who replaces the file while the process runs writes the new one beside it
// and renames it; the new one counts from the next start. It is safe for concurrent
// use.
type File struct {
	name string
	file interface {
		io.ReaderAt
		io.Closer
	}
	size int64
}

// OpenFile opens a list and looks at its ends and at 64 places between. The error
// names the file and says what is wrong with it.
func OpenFile(name string) (*File, error) {
	file, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return nil, fmt.Errorf("open list of breached passwords: %w", err)
	}
	f := &File{name: name, file: file}
	info, err := file.Stat()
	if err == nil {
		f.size = info.Size()
		err = f.examine(info)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("list of breached passwords %s: %w", name, err), file.Close())
	}
	return f, nil
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// About says what there is, for people.
func (f *File) About() string {
	const line = digits + 6 // with a count of a few digits
	return fmt.Sprintf("a list of about %d passwords", f.size/line+1)
}

func (f *File) examine(info os.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return errNoFile
	case f.size == 0:
		return errEmpty
	}
	before := ""
	for n := range int64(probes + 1) {
		w, err := f.read(f.size / probes * n)
		switch {
		case err != nil:
			return err
		case w.sums[0] < before || !slices.IsSorted(w.sums):
			return errNotSorted
		}
		before = w.sums[0]
	}
	return nil
}

// Has reports whether the list has a sum.
func (f *File) Has(ctx context.Context, sum [sha1.Size]byte) (bool, error) {
	want := spell(sum)
	lo, hi := int64(0), f.size // the line begins here or later, and before there
	least, most := uint64(0), uint64(1<<weighed)
	for step := 0; lo < hi; step++ {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		at := between(lo, hi, weigh(want), least, most)
		if step >= guesses && step%2 == 0 {
			at = lo + (hi-lo)/2
		}
		w, err := f.read(min(max(at-window/2, lo), hi-1))
		if err != nil {
			return false, fmt.Errorf("list of breached passwords %s: %w", f.name, err)
		}
		first, last := w.sums[0], w.sums[len(w.sums)-1]
		switch {
		case want < first:
			hi, most = w.from, weigh(first)
		case want > last:
			lo, least = w.to, weigh(last)
		default:
			return slices.Contains(w.sums, want), nil
		}
	}
	return false, nil
}

// weighed is how many bits of a sum say where it stands.
const weighed = 32

func weigh(sum string) uint64 {
	n, _ := strconv.ParseUint(sum[:weighed/4], 16, 64) // digits, as read has seen
	return n
}

// between guesses where a sum stands between two places whose sums are known.
func between(lo, hi int64, sum, least, most uint64) int64 {
	if most <= least {
		return lo
	}
	share := float64(sum-least) / float64(most-least)
	return lo + int64(share*float64(hi-lo))
}

// lines are some lines of the file that stand together.
type lines struct {
	sums     []string // in upper case
	from, to int64    // where they begin and end
}

// read gives the lines around a place: at least the one that holds it.
func (f *File) read(at int64) (lines, error) {
	from := max(min(at, f.size-1)-longestLine, 0)
	buffer := make([]byte, window)
	n, err := f.file.ReadAt(buffer, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return lines{}, err
	}
	text := buffer[:n]
	if from > 0 { // up to where a line begins
		_, rest, found := bytes.Cut(text, []byte("\n"))
		if !found {
			return lines{}, errNoSums
		}
		from += int64(len(text) - len(rest))
		text = rest
	}
	if from+int64(len(text)) < f.size {
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	found := lines{from: from, to: from + int64(len(text))}
	for line := range strings.Lines(string(bytes.ToUpper(text))) {
		sum, err := sumOf(line)
		if err != nil {
			return lines{}, err
		}
		found.sums = append(found.sums, sum)
	}
	if len(found.sums) == 0 {
		return lines{}, errNoSums
	}
	return found, nil
}

// sumOf reads a line in upper case.
func sumOf(line string) (string, error) {
	sum, count, counted := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
	if len(sum) != digits || strings.Trim(sum, "0123456789ABCDEF") != "" ||
		counted && (count == "" || strings.Trim(count, "0123456789") != "") {
		return "", errNoSums
	}
	return sum, nil
}
