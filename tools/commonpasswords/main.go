// Command commonpasswords compacts a list of common passwords into the form
// that package password embeds: 64-bit FNV-1a hashes of their lower-case forms,
// sorted, each as its distance from the one before, compressed.
//
// The list is passwords.json of the npm package @zxcvbn-ts/language-common
// 4.1.3 (MIT):
//
//	go run ./tools/commonpasswords passwords.json internal/password/common.gz
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "commonpasswords:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: commonpasswords passwords.json common.gz")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var words []string
	if err := json.Unmarshal(text, &words); err != nil {
		return err
	}
	compact, err := compact(words)
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], compact, 0o644)
}

func compact(words []string) ([]byte, error) {
	hashes := make([]uint64, len(words))
	for n, w := range words {
		sum := fnv.New64a()
		_, _ = io.WriteString(sum, strings.ToLower(w))
		hashes[n] = sum.Sum64()
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	var raw []byte
	last := uint64(0)
	for _, h := range hashes {
		raw = binary.AppendUvarint(raw, h-last)
		last = h
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}
