package fleet

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// descendants gives the processes below one, as far as the system shows them:
// PostgreSQL and nginx serve each connection or processor by a child, which
// lives in a process group of its own.
func descendants(pid int) []int {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	children := map[int][]int{}
	for _, path := range stats {
		text, err := os.ReadFile(path) //nolint:gosec // the kernel's
		if err != nil {
			continue // it has ended
		}
		// The name stands in brackets and may hold anything; state and parent
		// follow it.
		fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
		if len(fields) < 2 {
			continue
		}
		parent, err := strconv.Atoi(string(fields[1]))
		if err != nil {
			continue
		}
		if child, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			children[parent] = append(children[parent], child)
		}
	}
	var all []int
	for below := children[pid]; len(below) > 0; below = below[1:] {
		all = append(all, below[0])
		below = append(below, children[below[0]]...)
	}
	return all
}
