package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/sallyport-auth/sallyport/internal/breach"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/password"
)

// breachesWithin bounds the doctor's look at the range service.
const breachesWithin = 5 * time.Second

// breaches is what an operator has set up beside the embedded set.
type breaches interface {
	password.Breaches
	io.Closer
}

// openBreaches opens the operator's list of breached passwords and the client of
// their range service. A file that cannot be used ends the start; a service that
// does not answer is met when it is asked.
func (a *App) openBreaches() error {
	if a.cfg.PasswordBreachFile != "" {
		file, err := breach.OpenFile(a.cfg.PasswordBreachFile)
		if err != nil {
			return fmt.Errorf("SALLYPORT_PASSWORD_BREACH_FILE: %w", err)
		}
		a.breaches = append(a.breaches, file)
	}
	if a.cfg.PasswordBreachRangeURL != "" {
		a.breaches = append(a.breaches, breach.NewRange(a.cfg.PasswordBreachRangeURL))
	}
	return nil
}

// examineBreaches opens the list, and asks the range service for a password that
// every such service has.
func examineBreaches(ctx context.Context, cfg config.Config) (findings []Finding) {
	const name = "breached_passwords"
	if cfg.PasswordBreachFile != "" {
		f := Finding{name, Bad, "", "fetch the SHA-1 list that is ordered by hash into one file again, or leave SALLYPORT_PASSWORD_BREACH_FILE unset"}
		if file, err := breach.OpenFile(cfg.PasswordBreachFile); err != nil {
			f.Says = err.Error()
		} else {
			f = Finding{name, Good, file.About(), ""}
			_ = file.Close()
		}
		findings = append(findings, f)
	}
	if cfg.PasswordBreachRangeURL == "" {
		return findings
	}
	ctx, cancel := context.WithTimeout(ctx, breachesWithin)
	defer cancel()
	service := breach.NewRange(cfg.PasswordBreachRangeURL)
	defer func() { _ = service.Close() }()
	f := Finding{name, Good, cfg.PasswordBreachRangeURL + " answers", ""}
	if err := service.Check(ctx); err != nil {
		f = Finding{name, Bad, err.Error(), "set SALLYPORT_PASSWORD_BREACH_RANGE_URL to a service that answers as https://api.pwnedpasswords.com/range does"}
	}
	return append(findings, f)
}
