//go:build !linux

package fleet

import "syscall"

// dieWithParent can be had on Linux alone.
func dieWithParent(*syscall.SysProcAttr) {}
