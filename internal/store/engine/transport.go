package engine

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
)

// How a connection to a server is protected, in libpq's words.
const (
	tlsDisable    = "disable"     // plain text
	tlsPrefer     = "prefer"      // encrypted if the server can; whoever sits between can prevent it
	tlsRequire    = "require"     // encrypted, with whoever answers; with sslrootcert as verify-ca
	tlsVerifyCA   = "verify-ca"   // with somebody who has a certificate that we trust
	tlsVerifyFull = "verify-full" // with that very host
)

// tlsWord understands the words of the MySQL driver as well.
func tlsWord(params map[string]string) (string, error) {
	word := params["sslmode"]
	if t := params["tls"]; t != "" {
		if word != "" {
			return "", fmt.Errorf("%w: sslmode and tls mean the same: give one", ErrURL)
		}
		word = t
	}
	switch word {
	case "", tlsPrefer, "preferred":
		return tlsPrefer, nil
	case tlsDisable, "false":
		return tlsDisable, nil
	case tlsRequire, "skip-verify":
		return tlsRequire, nil
	case tlsVerifyCA:
		return tlsVerifyCA, nil
	case tlsVerifyFull, "true":
		return tlsVerifyFull, nil
	}
	return "", fmt.Errorf("%w: sslmode must be disable, prefer, require, verify-ca or verify-full", ErrURL)
}

// transport gives the protection that the parameters ask for, and whether plain
// text will do if the server has none.
func transport(host string, params map[string]string) (cfg *tls.Config, fallback bool, err error) {
	word, err := tlsWord(params)
	if err != nil || word == tlsDisable || params["socket"] != "" && word == tlsPrefer {
		return nil, false, err
	}
	cfg = &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if path := params["sslrootcert"]; path != "" {
		pem, err := os.ReadFile(path) //nolint:gosec // the operator names the path
		if err != nil {
			return nil, false, fmt.Errorf("read sslrootcert: %w", err)
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(pem) {
			return nil, false, fmt.Errorf("%w: sslrootcert names a file without a certificate", ErrURL)
		}
		if word == tlsRequire {
			word = tlsVerifyCA
		}
	}
	if cert, key := params["sslcert"], params["sslkey"]; cert != "" || key != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, false, fmt.Errorf("read sslcert and sslkey: %w", err)
		}
		cfg.Certificates = []tls.Certificate{pair}
	}
	if word != tlsVerifyFull {
		cfg.InsecureSkipVerify = true // sslmode says how much is verified
	}
	if word == tlsVerifyCA {
		cfg.VerifyConnection = func(state tls.ConnectionState) error { return verifyChain(cfg.RootCAs, state) }
	}
	return cfg, word == tlsPrefer, nil
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
