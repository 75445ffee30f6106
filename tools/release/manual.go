package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// manFolder is where the manual pages lie in an archive.
const manFolder = "man/man1/"

// manual has the program write its manual pages, which are the same for every
// target.
func (r release) manual(ctx context.Context, work string) ([]entry, error) {
	dir := filepath.Join(work, "man")
	cmd := exec.CommandContext(ctx, "go", "run", "-mod=readonly", "-tags", "man", "./cmd/sallyport", "man", dir)
	cmd.Dir, cmd.Stderr = r.root, os.Stderr
	cmd.Env = append(os.Environ(), "GOFLAGS=", "SOURCE_DATE_EPOCH="+strconv.FormatInt(r.time.Unix(), 10))
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("write the manual pages: %w", err)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil {
		return nil, err
	}
	entries := make([]entry, 0, len(pages))
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{manFolder + filepath.Base(page), 0o644, text})
	}
	return entries, nil
}
