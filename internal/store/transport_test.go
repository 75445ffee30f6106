package store

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// elsewhere leads to this machine, and does not say so: to Sallyport it is a
// server on a network.
const elsewhere = "0.0.0.0"

// authority makes a CA, and a certificate of elsewhere that it signed. It gives
// the path of the CA's own.
func authority(t *testing.T) (ca string, certificate, key []byte) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	signer, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	of, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "the operator's CA"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "the database"}, NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		IPAddresses: []net.IP{net.ParseIP(elsewhere)}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	rootDER, err := x509.CreateCertificate(rand.Reader, root, root, &signer.PublicKey, signer)
	must(err)
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, root, &of.PublicKey, signer)
	must(err)
	keyDER, err := x509.MarshalPKCS8PrivateKey(of)
	must(err)
	ca = filepath.Join(t.TempDir(), "ca.pem")
	must(os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER}), 0o600))
	return ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leafDER}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})
}

// TestConnectionsAreProtectedAsTheURLSays has a server with a certificate, and
// one without TLS.
func TestConnectionsAreProtectedAsTheURLSays(t *testing.T) {
	t.Parallel()
	const learns = "name the CA with sslrootcert" // an operator whose URL said nothing
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		ca, certificate, key := authority(t)
		with := fleettest.StartServer(t, name, fleet.Options{Certificate: certificate, Key: key})
		if err := with.CreateDatabase(t.Context(), "kept"); err != nil {
			t.Fatal(err)
		}
		secured, plain := with.URL("kept"), fleettest.Database(t, name)
		for _, test := range []struct {
			what, url, host, params string
			want                    string // what it is, or what the refusal says
			safe, refused           bool
		}{
			{"nothing said", secured, elsewhere, "sslrootcert=" + ca, "TLS 1.3, with the certificate of " + elsewhere, true, false},
			{"a CA that nobody trusts", secured, elsewhere, "", learns, false, true},
			{"a certificate of another name", secured, "127.0.0.1", "sslmode=verify-full&sslrootcert=" + ca, "certificate", false, true},
			{"any name", secured, "127.0.0.1", "sslmode=verify-ca&sslrootcert=" + ca, "TLS 1.3, with a certificate that is trusted, whatever name it bears", true, false},
			{"any name, over a network", secured, elsewhere, "sslmode=verify-ca&sslrootcert=" + ca, "TLS 1.3, with a certificate that is trusted, whatever name it bears", false, false},
			{"any certificate", secured, elsewhere, "sslmode=require", "TLS 1.3, with a certificate that was not verified", false, false},
			{"nothing said, on this machine", secured, "127.0.0.1", "", "TLS 1.3, with a certificate that was not verified", true, false},
			{"plain text in so many words", secured, elsewhere, "sslmode=disable", "plain text", false, false},
			{"nothing said, to a server without TLS", plain, elsewhere, "", learns, false, true},
			{"TLS asked for, of a server without", plain, elsewhere, "sslmode=require", "TLS", false, true},
			{"TLS if there is some, and there is none", plain, elsewhere, "sslmode=prefer", "plain text", false, false},
			{"nothing said, on this machine, without TLS", plain, "127.0.0.1", "", "plain text", true, false},
		} {
			base, _, _ := strings.Cut(test.url, "?")
			o := Options{URL: strings.Replace(base, "127.0.0.1", test.host, 1) + "?" + test.params}
			got, err := Protection(t.Context(), o)
			if test.refused {
				if !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%s: %v, %v; want a refusal that says %q", test.what, got, err, test.want)
				}
				if _, err := Open(t.Context(), o); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%s: a start says %v; want a refusal that says %q", test.what, err, test.want)
				}
				continue
			}
			if err != nil || got.String() != test.want || got.Safe != test.safe {
				t.Errorf("%s: %q, safe %v (%v); want %q, safe %v", test.what, got, got.Safe, err, test.want, test.safe)
			}
			if db, err := Open(t.Context(), o); err != nil {
				t.Errorf("%s: %v", test.what, err)
			} else if err := db.Close(); err != nil {
				t.Errorf("%s: %v", test.what, err)
			}
		}
	})
}
