//go:build !linux

package middleware

import "syscall"

// refuse does nothing where the system cannot hold handshakes back.
func refuse(syscall.RawConn) {}
