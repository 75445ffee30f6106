package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/password"
)

// readFirebase reads the hash_config that Firebase's console shows of a project, as it
// stands there or as JSON. The signer key is a secret, which is why it is a file.
func readFirebase(path string) (*password.FirebaseScrypt, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("read hash_config: %w", err)
	}
	value := func(name string) string {
		found := regexp.MustCompile(name + `"?\s*:\s*"?([A-Za-z0-9+/=]+)`).FindSubmatch(text)
		if found == nil {
			return ""
		}
		return string(found[1])
	}
	f := &password.FirebaseScrypt{}
	var key, separator, rounds, cost error
	f.SignerKey, key = base64.StdEncoding.DecodeString(value("base64_signer_key"))
	f.SaltSeparator, separator = base64.StdEncoding.DecodeString(value("base64_salt_separator"))
	f.Rounds, rounds = strconv.Atoi(value("rounds"))
	f.MemCost, cost = strconv.Atoi(value("mem_cost"))
	if errors.Join(key, separator, rounds, cost) != nil || len(f.SignerKey) == 0 {
		return nil, errors.New("--firebase takes a file with base64_signer_key, base64_salt_separator, rounds and mem_cost, as the console of Firebase shows them")
	}
	return f, nil
}
