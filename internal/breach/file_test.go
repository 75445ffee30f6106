package breach

import (
	"context"
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func sumOfNumber(n int) [sha1.Size]byte {
	return sha1.Sum(binary.LittleEndian.AppendUint64(nil, uint64(n)))
}

// listed is a list of n sums with counts, as the downloader writes it.
func listed(n int, end string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = spell(sumOfNumber(i)) + fmt.Sprintf(":%d", i*i%100_000+1)
	}
	slices.Sort(all)
	return strings.Join(all, end) + end
}

func write(tb testing.TB, text string) string {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "pwned.txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return name
}

func open(tb testing.TB, text string) *File {
	tb.Helper()
	f, err := OpenFile(write(tb, text))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	return f
}

// counted counts what is read.
type counted struct {
	io.ReaderAt
	io.Closer

	reads, most int
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	c.reads, c.most = c.reads+1, max(c.most, len(p))
	return c.ReaderAt.ReadAt(p, at)
}

func TestEverySumOfAListIsFoundAndNoOther(t *testing.T) {
	t.Parallel()
	const n = 2000
	for name, text := range map[string]string{
		"as the downloader writes it": listed(n, "\n"),
		"with CRLF":                   listed(n, "\r\n"),
		"in lower case":               strings.ToLower(listed(n, "\n")),
		"without a last line end":     strings.TrimSuffix(listed(n, "\n"), "\n"),
	} {
		f := open(t, text)
		for i := range 2 * n {
			if found, err := f.Has(t.Context(), sumOfNumber(i)); err != nil || found != (i < n) {
				t.Fatalf("%s: sum %d: %v, %v", name, i, found, err)
			}
		}
		for _, sum := range [][sha1.Size]byte{{}, [sha1.Size]byte(slices.Repeat([]byte{255}, sha1.Size))} {
			if found, err := f.Has(t.Context(), sum); err != nil || found {
				t.Errorf("%s: %x: %v, %v", name, sum, found, err)
			}
		}
	}
}

func TestListsOfAFewLinesWork(t *testing.T) {
	t.Parallel()
	for n := 1; n < 5; n++ {
		f := open(t, listed(n, "\n"))
		for i := range 10 {
			if found, err := f.Has(t.Context(), sumOfNumber(i)); err != nil || found != (i < n) {
				t.Errorf("%d lines: sum %d: %v, %v", n, i, found, err)
			}
		}
	}
	bare := open(t, spell(sumOfNumber(1))+"\n")
	if found, err := bare.Has(t.Context(), sumOfNumber(1)); err != nil || !found {
		t.Errorf("without a count: %v, %v", found, err)
	}
}

// TestALookUpReadsLittle bounds what a look-up in a list of 300,000 reads.
func TestALookUpReadsLittle(t *testing.T) {
	t.Parallel()
	const n, rounds = 300_000, 2000
	f := open(t, listed(n, "\n"))
	c := &counted{ReaderAt: f.file, Closer: f.file}
	f.file = c
	worst := 0
	for i := range rounds {
		before := c.reads
		if found, err := f.Has(t.Context(), sumOfNumber(i*2*n/rounds)); err != nil || found != (i < rounds/2) {
			t.Fatalf("sum %d: %v, %v", i, found, err)
		}
		worst = max(worst, c.reads-before)
	}
	t.Logf("%.1f reads a look-up, %d at most", float64(c.reads)/rounds, worst)
	if mean := float64(c.reads) / rounds; mean > 4 || worst > 8 || c.most > window {
		t.Errorf("%.1f reads a look-up, %d at most, of up to %d bytes", mean, worst, c.most)
	}
}

// TestALopsidedListIsSearchedAllTheSame has sums that are not spread evenly, which
// leads every guess astray.
func TestALopsidedListIsSearchedAllTheSame(t *testing.T) {
	t.Parallel()
	all := make([]string, 100_000)
	for i := range all {
		all[i] = fmt.Sprintf("%040X:1", i*i)
	}
	f := open(t, strings.Join(all, "\n")+"\nFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:1\n")
	c := &counted{ReaderAt: f.file, Closer: f.file}
	f.file = c
	for i := 1; i < len(all); i += 997 {
		for _, test := range []struct {
			n    int
			want bool
		}{{i * i, true}, {i*i + 1, false}} {
			before := c.reads
			var sum [sha1.Size]byte
			binary.BigEndian.PutUint64(sum[sha1.Size-8:], uint64(test.n))
			if found, err := f.Has(t.Context(), sum); err != nil || found != test.want || c.reads-before > 50 {
				t.Fatalf("%d: %v, %v after %d reads", test.n, found, err, c.reads-before)
			}
		}
	}
}

func TestAFileThatIsNoListIsRefusedByName(t *testing.T) {
	t.Parallel()
	byCount := slices.Collect(strings.Lines(listed(5000, "\n")))
	slices.Reverse(byCount)
	for name, test := range map[string]struct{ text, want string }{
		"nothing":             {"", "it is empty"},
		"passwords":           {"password\nqwerty\n", "40 hexadecimal digits"},
		"NTLM":                {"8846F7EAEE8FB117AD06BDD830B7586C:9\n", "40 hexadecimal digits"},
		"a count of words":    {spell(sumOfNumber(1)) + ":many\n", "40 hexadecimal digits"},
		"ordered by count":    {strings.Join(byCount, ""), "not sorted"},
		"one line of a novel": {strings.Repeat("A", 100_000), "40 hexadecimal digits"},
		"zeros":               {strings.Repeat("\x00", 100_000), "40 hexadecimal digits"},
	} {
		file := write(t, test.text)
		if _, err := OpenFile(file); err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := OpenFile(t.TempDir()); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := OpenFile(filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("no file: %v", err)
	}
}

// TestAListThatIsCutOffIsAnError writes over the open file: what is no longer there
// is not taken for clean.
func TestAListThatIsCutOffIsAnError(t *testing.T) {
	t.Parallel()
	name := write(t, listed(20_000, "\n"))
	f, err := OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := os.Truncate(name, 100); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if found, err := f.Has(t.Context(), sumOfNumber(i)); err == nil {
			t.Errorf("sum %d: %v without an error", i, found)
		}
	}
}

func TestALookUpEndsWithItsCaller(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open(t, listed(10, "\n")).Has(ctx, sumOfNumber(1)); err == nil {
		t.Error("no error")
	}
}

func BenchmarkFile(b *testing.B) {
	f := open(b, listed(300_000, "\n"))
	for i := 0; b.Loop(); i++ {
		if _, err := f.Has(b.Context(), sumOfNumber(i%600_000)); err != nil {
			b.Fatal(err)
		}
	}
}
