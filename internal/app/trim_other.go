//go:build !linux

package app

import "runtime/debug"

// trim gives back what the start needed and serving does not.
func trim() { debug.FreeOSMemory() }
