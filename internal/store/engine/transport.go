package engine

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"

	"github.com/go-sql-driver/mysql"
)

// How a connection to a server is protected, in libpq's words.
const (
	tlsDisable    = "disable"     // plain text
	tlsPrefer     = "prefer"      // encrypted if the server can, which an attacker on the network can prevent
	tlsRequire    = "require"     // encrypted, with whoever answers; with sslrootcert as verify-ca
	tlsVerifyCA   = "verify-ca"   // with somebody who has a certificate that we trust
	tlsVerifyFull = "verify-full" // with that very host
)

// tlsWord understands the words of the MySQL driver as well. A URL that says
// nothing means verify-full, but for a server on this machine.
func tlsWord(host string, params map[string]string) (word string, assumed bool, err error) {
	word = params["sslmode"]
	if t := params["tls"]; t != "" {
		if word != "" {
			return "", false, fmt.Errorf("%w: sslmode and tls mean the same: give one", ErrURL)
		}
		word = t
	}
	switch word {
	case "":
		if params["socket"] != "" || here(host) {
			return tlsPrefer, true, nil
		}
		return tlsVerifyFull, true, nil
	case tlsPrefer, "preferred":
		return tlsPrefer, false, nil
	case tlsDisable, "false":
		return tlsDisable, false, nil
	case tlsRequire, "skip-verify":
		return tlsRequire, false, nil
	case tlsVerifyCA:
		return tlsVerifyCA, false, nil
	case tlsVerifyFull, "true":
		return tlsVerifyFull, false, nil
	}
	return "", false, fmt.Errorf("%w: sslmode must be disable, prefer, require, verify-ca or verify-full", ErrURL)
}

// here tells whether a host is this machine, by its name alone: what a name
// server says counts for nothing.
func here(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.Unmap().IsLoopback()
}

// transport is how a connection to a server is protected.
type transport struct {
	mode    string      // of the words above
	assumed bool        // the URL says nothing of it
	tls     *tls.Config // nil for plain text
	local   bool        // the connection does not leave this machine
}

// fallback tells whether plain text will do if the server has no TLS.
func (t transport) fallback() bool { return t.tls != nil && t.mode == tlsPrefer }

// newTransport gives the protection that a URL's parameters ask for.
func newTransport(host string, params map[string]string) (t transport, err error) {
	t.local = params["socket"] != "" || here(host)
	if t.mode, t.assumed, err = tlsWord(host, params); err != nil {
		return transport{}, err
	}
	if t.mode == tlsDisable || params["socket"] != "" && t.mode == tlsPrefer {
		return t, nil
	}
	cfg := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if err := readFiles(cfg, params); err != nil {
		return transport{}, err
	}
	if cfg.RootCAs != nil && t.mode == tlsRequire {
		t.mode = tlsVerifyCA
	}
	if t.mode != tlsVerifyFull {
		cfg.InsecureSkipVerify = true // sslmode says how much is verified
	}
	if t.mode == tlsVerifyCA {
		cfg.VerifyConnection = func(state tls.ConnectionState) error { return verifyChain(cfg.RootCAs, state) }
	}
	t.tls = cfg
	return t, nil
}

// readFiles takes over the certificates that the parameters name.
func readFiles(cfg *tls.Config, params map[string]string) error {
	if path := params["sslrootcert"]; path != "" {
		pem, err := os.ReadFile(path) //nolint:gosec // the operator names the path
		if err != nil {
			return fmt.Errorf("read sslrootcert: %w", err)
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(pem) {
			return fmt.Errorf("%w: sslrootcert names a file without a certificate", ErrURL)
		}
	}
	if cert, key := params["sslcert"], params["sslkey"]; cert != "" || key != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return fmt.Errorf("read sslcert and sslkey: %w", err)
		}
		cfg.Certificates = []tls.Certificate{pair}
	}
	return nil
}

// watched is t with a note of each handshake in seen.
func (t transport) watched(seen *atomic.Uint32) transport {
	if t.tls == nil {
		return t
	}
	verify := t.tls.VerifyConnection
	t.tls = t.tls.Clone()
	t.tls.VerifyConnection = func(state tls.ConnectionState) error {
		if verify != nil {
			if err := verify(state); err != nil {
				return err
			}
		}
		seen.Store(uint32(state.Version))
		return nil
	}
	return t
}

// errUnverified tells an operator, whose URL says nothing of sslmode, why the
// connection was not made.
var errUnverified = errors.New("a server on another machine must show a certificate that is trusted and bears its name: name the CA with " +
	"sslrootcert=/path/ca.pem in the database URL, or say there how much less will do (sslmode=verify-ca, require or disable)")

// explain adds errUnverified to what only the assumption brought about.
func (t transport) explain(err error) error {
	if !t.assumed || t.mode != tlsVerifyFull || !refusedTLS(err) {
		return err
	}
	return fmt.Errorf("%w; %w", err, errUnverified)
}

// refusedTLS tells whether a connection failed for want of TLS, or of a
// certificate that can be trusted. pgx says in its text alone that the server
// speaks none.
func refusedTLS(err error) bool {
	_, unverified := errors.AsType[*tls.CertificateVerificationError](err)
	return unverified || errors.Is(err, mysql.ErrNoTLS) || err != nil && strings.Contains(err.Error(), "server refused TLS connection")
}

// Protection is how a connection to a server turned out to be protected.
type Protection struct {
	TLS  string // the version, such as "TLS 1.3"; empty for plain text
	Mode string // what was asked for, in libpq's words
	Host string // whose name the certificate bears, with verify-full
	Safe bool   // verified in full, or it does not leave this machine
}

// String says it to an operator.
func (p Protection) String() string {
	switch {
	case p.TLS == "":
		return "plain text"
	case p.Mode == tlsVerifyFull:
		return p.TLS + ", with the certificate of " + p.Host
	case p.Mode == tlsVerifyCA:
		return p.TLS + ", with a certificate that is trusted, whatever name it bears"
	default:
		return p.TLS + ", with a certificate that was not verified"
	}
}

// Protection connects to a server once and says how that connection is
// protected, by what the handshake here came to and not by what the server says
// of it. For SQLite it gives a zero value that is safe.
func (e Engine) Protection(ctx context.Context) (Protection, error) {
	if e.watch == nil {
		return Protection{Safe: true}, nil
	}
	var seen atomic.Uint32
	t, db, err := e.watch(&seen)
	if err != nil {
		return Protection{}, fmt.Errorf("open database: %w", err)
	}
	defer func() { _ = db.Close() }()
	if err := db.PingContext(ctx); err != nil {
		return Protection{}, e.Fail(ctx, err)
	}
	p := Protection{Mode: t.mode, Safe: t.local}
	if version := seen.Load(); version != 0 {
		p.TLS = tls.VersionName(uint16(version)) //nolint:gosec // it was 16 bits
		if t.mode == tlsVerifyFull {
			p.Host, p.Safe = t.tls.ServerName, true
		}
	}
	return p, nil
}

// verifyChain looks at everything about a certificate but the name.
func verifyChain(roots *x509.CertPool, state tls.ConnectionState) error {
	if len(state.PeerCertificates) == 0 {
		return errors.New("the server has no certificate")
	}
	between := x509.NewCertPool()
	for _, c := range state.PeerCertificates[1:] {
		between.AddCert(c)
	}
	_, err := state.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between})
	return err
}
