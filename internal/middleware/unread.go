package middleware

import (
	"bytes"
	"maps"
	"slices"
)

// bareHead is all that package net/http says above a refusal of its own: of a
// request that it could not read, that is too large (400, 431) or encoded in a
// way it does not know (501). No handler hears of those, and an answer of a
// handler has other headers.
const bareHead = "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"

// Write writes. A refusal by package net/http itself gets the headers that every
// answer has.
func (c *conn) Write(p []byte) (int, error) {
	at := endOfBareHead(p)
	if at < 0 {
		return c.TCPConn.Write(p)
	}
	whole := slices.Concat(p[:at], headLines(), p[at:])
	if n, err := c.TCPConn.Write(whole); err != nil {
		return min(n, at), err
	}
	return len(p), nil
}

// endOfBareHead is where a header can be added to a refusal, or -1 if p is none.
func endOfBareHead(p []byte) int {
	if !bytes.HasPrefix(p, []byte("HTTP/1.1 ")) {
		return -1
	}
	line := bytes.IndexByte(p, '\r')
	if line < 0 || !bytes.HasPrefix(p[line:], []byte(bareHead)) {
		return -1
	}
	return line + len(bareHead) - len("\r\n")
}

// headLines are the headers of every answer as they are sent. Whether the public
// URL is https is not known here: browsers send no such requests.
func headLines() []byte {
	var b bytes.Buffer
	h := secureHeaders(false)
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			b.WriteString(name + ": " + value + "\r\n")
		}
	}
	return b.Bytes()
}
