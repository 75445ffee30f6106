package password

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"fmt"

	"golang.org/x/crypto/scrypt"
)

// FirebaseScrypt is how a project of Firebase Authentication hashes passwords: a hash is the project's signer key encrypted with AES-256-CTR under a key that scrypt makes
// of the password (github.com/firebase/scrypt). What is stored holds the key stream in
// the place of the signer key's cipher text, so that neither database nor server needs
// the signer key, and a string is of no use for another project.
type FirebaseScrypt struct {
	SignerKey     []byte
	SaltSeparator []byte
	Rounds        int
	MemCost       int
}

// firebase names the form.
const firebase = "firebase-scrypt"

// Encode gives what [Import] takes of a hash and its salt.
func (f FirebaseScrypt) Encode(salt, sum []byte) (string, error) {
	if len(sum) != len(f.SignerKey) || len(sum) > maxSumBytes {
		return "", errUnknownForm
	}
	stream := make([]byte, len(sum))
	for n := range sum {
		stream[n] = sum[n] ^ f.SignerKey[n]
	}
	salt = append(append([]byte{}, salt...), f.SaltSeparator...)
	return fmt.Sprintf("$%s$ln=%d,r=%d,p=1$%s$%s", firebase, f.MemCost, f.Rounds, b64.EncodeToString(salt), b64.EncodeToString(stream)), nil
}

// storedFirebase is scrypt, and the key stream under what it gives.
type storedFirebase struct{ storedScrypt }

func parseFirebase(fields []string) (verifier, error) {
	s, err := parseScrypt(fields)
	if err != nil {
		return nil, err
	}
	return storedFirebase{s.(storedScrypt)}, nil //nolint:forcetypeassert // it parses nothing else
}

func (s storedFirebase) verify(password string) bool {
	key, err := scrypt.Key([]byte(password), s.salt, 1<<s.logN, s.r, s.p, sumBytes)
	if err != nil {
		return false
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return false
	}
	got := make([]byte, len(s.sum))
	cipher.NewCTR(block, make([]byte, aes.BlockSize)).XORKeyStream(got, got) //nolint:gosec // Firebase has the zero vector; each key is of a salt
	return subtle.ConstantTimeCompare(got, s.sum) == 1
}

func (s storedFirebase) blank() string {
	return fmt.Sprintf("$%s$ln=%d,r=%d,p=%d$%s$%s", firebase, s.logN, s.r, s.p, blank64(saltBytes), blank64(len(s.sum)))
}
