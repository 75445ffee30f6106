package sqlstore

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// ErrEngine is returned for a database URL whose engine this build cannot use.
var ErrEngine = errors.New("engine not supported")

// errURL is returned for what is no database URL. The URL itself may hold a
// password and is never repeated.
var errURL = errors.New("database URL must be sqlite:///absolute/path or sqlite://relative/path")

// engineError names the engine in the operator's spelling.
type engineError struct{ engine string }

// Error says what to do instead.
func (e *engineError) Error() string {
	return fmt.Sprintf("this build cannot yet use %s; it will come; for now use sqlite:///path", e.engine)
}

// Is makes every engineError an ErrEngine.
func (e *engineError) Is(target error) bool { return target == ErrEngine }

// databasePath gives the absolute path of the file that a sqlite URL names. The
// path is taken as it stands, without percent-decoding: what follows sqlite://
// is what a shell would call the file.
func databasePath(raw string) (string, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return "", errURL
	}
	scheme, _, _ = strings.Cut(strings.ToLower(scheme), "+") // mysql+aiomysql
	switch scheme {
	case "sqlite":
	case "mysql":
		return "", &engineError{"MySQL"}
	case "mariadb":
		return "", &engineError{"MariaDB"}
	case "postgres", "postgresql":
		return "", &engineError{"PostgreSQL"}
	default:
		return "", errURL
	}
	if rest == "" || strings.HasSuffix(rest, "/") || strings.ContainsAny(rest, "?\x00") || strings.HasPrefix(rest, ":memory:") {
		return "", errURL
	}
	path, err := filepath.Abs(filepath.FromSlash(rest))
	if err != nil {
		return "", fmt.Errorf("find the database's folder: %w", err)
	}
	return path, nil
}
