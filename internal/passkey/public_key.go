package passkey

import (
	"errors"
	"fmt"
	"math/big"

	"filippo.io/edwards25519"
	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
)

// The algorithms that are asked for: the three that every client knows
// (WebAuthn L3 §5.4), in the order in which they are preferred.
func algorithms() []protocol.CredentialParameter {
	var out []protocol.CredentialParameter
	for _, a := range []webauthncose.COSEAlgorithmIdentifier{webauthncose.AlgES256, webauthncose.AlgEdDSA, webauthncose.AlgRS256} {
		out = append(out, protocol.CredentialParameter{Type: protocol.PublicKeyCredentialType, Algorithm: a})
	}
	return out
}

// Bounds of RSA keys (FIPS 186-5 §5.1, §A.1.1): smaller ones can be factored,
// larger ones cost every sign-in.
const (
	minRSA         = 2048
	maxRSA         = 4096
	minRSAExponent = 1<<16 + 1
)

var (
	errSmallOrder = errors.New("the Ed25519 point is of small order, so that anybody can sign for it")
	errRSASize    = fmt.Errorf("the RSA modulus must be odd and have %d to %d bits", minRSA, maxRSA)
	errRSA        = fmt.Errorf("the RSA exponent must be odd and %d or more", minRSAExponent)
)

// checkKey refuses a COSE key that proves nothing: one that is no point of its
// curve, or for which others can sign as well. Without attestation nothing else
// looks at the key before the first sign-in, and there a weak one would pass.
func checkKey(cose []byte) error {
	key, err := webauthncose.ParsePublicKey(cose)
	if err != nil {
		return fmt.Errorf("read public key: %w", err)
	}
	switch k := key.(type) {
	case webauthncose.EC2PublicKeyData:
		return nil // on its curve, or it would not have been read
	case webauthncose.OKPPublicKeyData:
		return checkEd25519(k.XCoord)
	case webauthncose.RSAPublicKeyData:
		return checkRSA(k)
	}
	return fmt.Errorf("a public key of type %T is not known", key)
}

// checkEd25519 wants a point whose order is not 1, 2, 4 or 8. Under those a
// signature holds for one message in at most eight, whoever made it.
func checkEd25519(x []byte) error {
	point, err := new(edwards25519.Point).SetBytes(x)
	if err != nil {
		return fmt.Errorf("read Ed25519 point: %w", err)
	}
	if new(edwards25519.Point).MultByCofactor(point).Equal(edwards25519.NewIdentityPoint()) == 1 {
		return errSmallOrder
	}
	return nil
}

func checkRSA(k webauthncose.RSAPublicKeyData) error {
	n, e := new(big.Int).SetBytes(k.Modulus), new(big.Int).SetBytes(k.Exponent)
	if n.Bit(0) == 0 || n.BitLen() < minRSA || n.BitLen() > maxRSA {
		return errRSASize
	}
	if e.Bit(0) == 0 || e.Cmp(big.NewInt(minRSAExponent)) < 0 {
		return errRSA
	}
	return nil
}
