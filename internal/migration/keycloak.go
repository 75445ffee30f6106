package migration

import (
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// errNotKeycloak ends the look at a file that is no realm.
var errNotKeycloak = errors.New("no realm of Keycloak")

// detectRealm finds out whether the file is a realm.
func (f *File) detectRealm(enough error) error {
	if f.csv {
		return nil
	}
	if _, err := f.data.Seek(0, io.SeekStart); err != nil {
		return err
	}
	err := f.eachKeycloak(func(Row) error { return enough })
	f.realm = err == nil || errors.Is(err, enough)
	return nil
}

// eachKeycloak gives the users of a realm as Keycloak exports it: one JSON object, of
// which users is a list. Only one user is in memory at a time.
func (f *File) eachKeycloak(fn func(Row) error) error {
	dec := json.NewDecoder(f.data)
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errNotKeycloak
	}
	realm, users, n := false, false, int64(0)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fmt.Errorf("read the realm: %w", errors.Join(err, errNotKeycloak))
		}
		if key == "users" && realm {
			users = true
			if n, err = keycloakUsers(dec, n, fn); err != nil {
				return err
			}
			continue
		}
		var other json.RawMessage
		if err := dec.Decode(&other); err != nil {
			return fmt.Errorf("read the realm: %w", errors.Join(err, errNotKeycloak))
		}
		realm = realm || key == "realm"
	}
	_, err := dec.Token()
	if _, end := dec.Token(); err != nil || !users || !errors.Is(end, io.EOF) {
		return errNotKeycloak
	}
	return nil
}

func keycloakUsers(dec *json.Decoder, n int64, fn func(Row) error) (int64, error) {
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return n, errNotKeycloak
	}
	for dec.More() {
		var user map[string]any
		if err := dec.Decode(&user); err != nil {
			return n, fmt.Errorf("read a user of the realm: %w", errors.Join(err, errNotKeycloak))
		}
		n++
		flattenKeycloak(user)
		if err := fn(Row{Number: n, Cursor: strconv.FormatInt(n, 10), Values: user, Broken: user == nil}); err != nil {
			return n, err
		}
	}
	_, err := dec.Token()
	return n, err
}

// flattenKeycloak gives a user the columns that stand deeper in a realm.
func flattenKeycloak(user map[string]any) {
	if user == nil {
		return
	}
	user["name"] = strings.TrimSpace(text(user["firstName"]) + " " + text(user["lastName"]))
	user["created_at"] = user["createdTimestamp"]
	user["hashed_password"], user[otpColumn] = nil, nil // columns also where nobody has them
	credentials, _ := user["credentials"].([]any)
	delete(user, "credentials")
	for _, c := range credentials {
		credential, _ := c.(map[string]any)
		secret, data := parsedObject(credential["secretData"]), parsedObject(credential["credentialData"])
		switch {
		case credential["type"] == "password" && user["hashed_password"] == nil:
			user["hashed_password"] = keycloakHash(secret, data)
		case credential["type"] == "otp" && user[otpColumn] == nil:
			user[otpColumn] = keycloakOTP(secret, data)
		}
	}
}

// otpColumn holds the secret of an authenticator app of Keycloak.
const otpColumn = "otp_credential"

// unreadable stands for what is there and cannot be read.
const unreadable = "?"

// keycloakHash writes a password's hash as a PHC string.
func keycloakHash(secret, data map[string]any) string {
	value, salt, iterations := text(secret["value"]), text(secret["salt"]), text(data["hashIterations"])
	value, salt = strings.TrimRight(value, "="), strings.TrimRight(salt, "=")
	algorithm := text(data["algorithm"])
	switch algorithm {
	case "pbkdf2", "pbkdf2-sha256", "pbkdf2-sha512":
		return "$" + algorithm + "$i=" + iterations + "$" + salt + "$" + value
	case "argon2":
		more, _ := data["additionalParameters"].(map[string]any)
		first := func(name, otherwise string) string {
			if list, _ := more[name].([]any); len(list) > 0 {
				return text(list[0])
			}
			return otherwise
		}
		if first("version", "1.3") != "1.3" {
			return unreadable
		}
		return "$argon2" + first("type", "id") + "$v=19$m=" + first("memory", "") + ",t=" + iterations + ",p=" + first("parallelism", "") + "$" + salt + "$" + value
	default:
		return unreadable
	}
}

// keycloakOTP gives the secret of an authenticator app in base32, if it makes codes as
// those of this program do.
func keycloakOTP(secret, data map[string]any) string {
	if text(data["subType"]) != "totp" || text(data["algorithm"]) != "HmacSHA1" || text(data["digits"]) != "6" || text(data["period"]) != "30" {
		return unreadable
	}
	value := text(secret["value"])
	if strings.EqualFold(text(data["secretEncoding"]), "BASE32") {
		return value
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(value))
}
