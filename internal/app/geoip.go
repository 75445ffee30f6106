package app

import (
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/geoip"
)

// openPlaces opens the operator's file of places, if there is one. A file that
// cannot be used ends the start.
func (a *App) openPlaces() error {
	if a.cfg.GeoIPFile == "" {
		return nil
	}
	places, err := geoip.Open(a.cfg.GeoIPFile)
	if err != nil {
		return fmt.Errorf("SALLYPORT_GEOIP_FILE: %w", err)
	}
	a.places = places
	return nil
}

// examinePlaces reads the file of places whole.
func examinePlaces(cfg config.Config) Finding {
	const mend = "fetch a City or Country database in MaxMind's format again, or leave SALLYPORT_GEOIP_FILE unset"
	places, err := geoip.Open(cfg.GeoIPFile)
	if err != nil {
		return Finding{"geoip", Bad, err.Error(), mend}
	}
	defer func() { _ = places.Close() }()
	if err := places.Verify(); err != nil {
		return Finding{"geoip", Bad, err.Error(), mend}
	}
	return Finding{"geoip", Good, places.About(), ""}
}
