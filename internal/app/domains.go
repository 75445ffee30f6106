package app

import (
	"fmt"
	"os"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/config"
)

// domains reads with which domains people may sign up. A file that cannot be read ends
// the start: without it everybody whom it refuses would get in.
func domains(cfg config.Config) (*address.Domains, error) {
	d, err := address.NewDomains(cfg.SignUpAllowedDomains, cfg.SignUpRefusedDomains)
	if err != nil || cfg.SignUpRefusedFile == "" {
		return d, err
	}
	file, err := os.Open(cfg.SignUpRefusedFile)
	if err == nil {
		err = d.Refuse(file)
		_ = file.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("SALLYPORT_SIGN_UP_REFUSED_DOMAINS_FILE: %w", err)
	}
	return d, nil
}
