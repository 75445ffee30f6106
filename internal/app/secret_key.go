package app

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const secretKeyBytes = 32

// loadKeyring gives the operator's keys: those of the settings, or the one in
// the data folder, which is made on the very first start. A database that
// already knows keys never gets a new one in silence: what it sealed would be
// lost, and everybody signed out.
func loadKeyring(ctx context.Context, configured, dataDir string, st *store.Store) (*secret.Keyring, error) {
	if configured != "" {
		ring, err := secret.ParseKeyring(configured)
		if err != nil {
			return nil, fmt.Errorf("SALLYPORT_SECRET_KEY: %w", err)
		}
		return ring, nil
	}
	path := config.Config{DataDir: dataDir}.SecretKeyPath()
	ring, err := readKeyFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return ring, err
	}
	known, err := st.Direct().SecretKeys.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("read check values of secret keys: %w", err)
	}
	if len(known) > 0 {
		return nil, fmt.Errorf("the secret key is missing: %s is not there, but the database was written with one; "+
			"put the file back, or set SALLYPORT_SECRET_KEY to the key that was used", path)
	}
	if err := makeKeyFile(path); err != nil {
		return nil, fmt.Errorf("make secret key: %w", err)
	}
	return readKeyFile(path)
}

func readKeyFile(path string) (*secret.Keyring, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the operator's own data folder
	if err != nil {
		return nil, fmt.Errorf("read secret key: %w", err)
	}
	ring, err := secret.ParseKeyring(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return ring, nil
}

// makeKeyFile writes a new key in one step: a process that dies half-way leaves
// no half a key, and of two that start at once one wins and both read the same.
func makeKeyFile(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(secret.Bytes(secretKeyBytes)) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	dir, err := os.Open(path) //nolint:gosec // the operator's own data folder
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
