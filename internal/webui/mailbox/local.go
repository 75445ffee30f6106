package mailbox

import (
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// local lets through only a request that this computer made to itself, and only
// while there is a mailbox. Everybody else sees that there is no page.
func (p *pages) local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !p.mailboxFor(r) {
			p.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// localJSON is local for programs: the refusal is problem details (RFC 9457).
func (p *pages) localJSON(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.mailboxFor(r) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]any{ // a reader who left needs no answer
			"type": "https://sallyport.example/errors/not_found", "title": http.StatusText(http.StatusNotFound), "status": http.StatusNotFound,
			"code": "not_found", "detail": "There is nothing at this path.",
			"request_id": telemetry.RequestID(r.Context()),
		})
	})
}

// mailboxFor reports whether whoever sent r may see captured mail. A developer
// who comes by another name finds the reason in the log.
func (p *pages) mailboxFor(r *http.Request) bool {
	if p.box == nil {
		return false
	}
	reason := remote(r)
	if reason != "" {
		p.Log.WarnContext(r.Context(), "mailbox page refused: it opens on this computer only, by localhost",
			slog.String("reason", reason))
	}
	return reason == ""
}

// remote says why r does not come from this computer straight, or nothing.
//
// The peer alone proves too little: a page on the web whose name resolves to
// 127.0.0.1 has this computer's own browser as its peer (DNS rebinding), and a
// proxy on this computer passes on what the whole world asks. Most proxies say
// so in a header; one that says nothing runs as a user of its own. Root may look
// as well: it may read our memory anyway.
func remote(r *http.Request) (reason string) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().Unmap().IsLoopback() {
		return "peer_not_loopback"
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
		if strings.Contains(name, ":") {
			host = "[" + name + "]"
		}
	}
	switch strings.ToLower(host) {
	case "localhost", "127.0.0.1", "[::1]":
	default:
		return "host_not_local"
	}
	// No browser speaks HTTP/1.0; a proxy that was told nothing does.
	if !r.ProtoAtLeast(1, 1) {
		return "came_through_proxy"
	}
	for name := range r.Header {
		if name == "Forwarded" || name == "Via" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return "came_through_proxy"
		}
	}
	if uid, known := userOf(netip.AddrPortFrom(peer.Addr().Unmap(), peer.Port()), ourEnd(r)); known && uid != 0 && uid != os.Geteuid() {
		return "peer_of_another_user"
	}
	return ""
}

// ourEnd is our end of the connection that r came by. It is not valid where the
// server does not say.
func ourEnd(r *http.Request) netip.AddrPort {
	ours, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return netip.AddrPort{}
	}
	at, err := netip.ParseAddrPort(ours.String())
	if err != nil {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
}
