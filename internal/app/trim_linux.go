package app

import (
	"bufio"
	"bytes"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// trim gives back what the start needed and serving does not: heap, and pages of
// the program's own code and constants. The kernel maps 64 KiB around every
// touched page, so that after a start nearly the whole binary counts as resident.
// Neither is ever written to, so a page that is needed again is mapped again from
// the page cache. Constants that a loader relocated in memory stay. Whatever fails leaves things as they were.
func trim() {
	debug.FreeOSMemory()
	self, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	constants := fixed()
	for lines := bufio.NewScanner(bytes.NewReader(maps)); lines.Scan(); {
		// 00400000-00dea000 r-xp 00000000 fe:00 10018891   /usr/bin/sallyport
		fields := strings.Fields(lines.Text())
		if len(fields) != 6 || fields[5] != self || fields[1] != "r-xp" && (fields[1] != "r--p" || !constants) {
			continue
		}
		from, to, _ := strings.Cut(fields[0], "-")
		start, err1 := strconv.ParseUint(from, 16, 64)
		end, err2 := strconv.ParseUint(to, 16, 64)
		if err1 == nil && err2 == nil && end > start {
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(start), uintptr(end-start), syscall.MADV_DONTNEED)
		}
	}
}

// fixed reports whether the program was linked statically for one place in
// memory, so that no loader wrote addresses into what is read-only now.
func fixed() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-buildmode", Value: "exe"}) &&
		slices.Contains(info.Settings, debug.BuildSetting{Key: "CGO_ENABLED", Value: "0"})
}
