package config

import (
	"net/url"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// betterStackEndpoint takes OTLP/HTTP for sources that have no ingesting host
// of their own.
const betterStackEndpoint = "https://in-otel.logs.betterstack.com"

// Ships reports whether the log and traces are shipped to a collector.
func (c Config) Ships() bool { return c.EffectiveOTLPEndpoint() != "" }

// EffectiveOTLPEndpoint is the collector's base URL: as set, or Better Stack's
// if its token is set, or empty.
func (c Config) EffectiveOTLPEndpoint() string {
	if c.OTLPEndpoint == "" && c.BetterStack != "" {
		return betterStackEndpoint
	}
	return c.OTLPEndpoint
}

// OTLPHeaderValues gives the headers of [Config.OTLPHeaders] by their names, and
// the one that carries the token of Better Stack. What is no header is left
// out, and refused by [Config.Validate].
func (c Config) OTLPHeaderValues() map[string]string {
	headers := map[string]string{}
	for _, h := range parseHeaders(c.OTLPHeaders) {
		if h.valid() {
			headers[h.name] = h.value
		}
	}
	if c.BetterStack != "" {
		headers["Authorization"] = "Bearer " + c.BetterStack
	}
	return headers
}

type header struct{ name, value string }

func (h header) valid() bool {
	return httpguts.ValidHeaderFieldName(h.name) && h.value != "" && httpguts.ValidHeaderFieldValue(h.value)
}

// parseHeaders reads Name=value, comma-separated.
func parseHeaders(text string) []header {
	var list []header
	for _, item := range parseList(text) {
		name, value, _ := strings.Cut(item, "=")
		list = append(list, header{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return list
}

func isLocalURL(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && isLocalHost(u.Hostname())
}

// shipping checks where the log and traces go.
func (v *validator) shipping() {
	if v.OTLPEndpoint != "" {
		v.collector(v.OTLPEndpoint)
	}
	for n, h := range parseHeaders(v.OTLPHeaders) {
		switch {
		case !h.valid():
			v.refuse("OTLP_HEADERS", "entry %d must be Name=value", n+1)
		case strings.EqualFold(h.name, "Authorization") && v.BetterStack != "":
			v.refuse("OTLP_HEADERS", "entry %d is Authorization, which the token of Better Stack goes into: keep one", n+1)
		}
	}
	if v.OTLPHeaders != "" && !v.Ships() {
		v.refuse("OTLP_HEADERS", "needs %sOTLP_ENDPOINT: set the collector they are for", prefix)
	}
	if v.OTLPTraces < 0 || v.OTLPTraces > 1 {
		v.refuse("OTLP_TRACES", "must be between 0 (no traces) and 1 (all)")
	}
	if token := (header{"Authorization", "Bearer " + v.BetterStack}); !token.valid() || strings.ContainsAny(v.BetterStack, " ,") {
		v.refuse("BETTER_STACK_TOKEN", "holds characters that no token has: copy the source token again")
	}
	v.networks("OTLP_TRUSTED_CALLERS", v.OTLPCallers, "so that anyone could have every request traced: list your callers")
}

// collector checks the base URL of a collector.
func (v *validator) collector(raw string) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || !webURL(raw):
		v.refuse("OTLP_ENDPOINT", "must be a full URL such as https://collector.example.com; credentials go to %sOTLP_HEADERS", prefix)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		v.refuse("OTLP_ENDPOINT", "must have nothing behind the path")
	case strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), "/v1/logs"), strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), "/v1/traces"):
		v.refuse("OTLP_ENDPOINT", "must be the base URL: leave v1/logs and v1/traces to Sallyport")
	}
}
