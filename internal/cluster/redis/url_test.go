package redis

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseURL(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]Target{
		"redis://cache":                 {Addrs: []string{"cache:6379"}},
		"REDIS://cache:7000/":           {Addrs: []string{"cache:7000"}},
		"redis://cache/3":               {Addrs: []string{"cache:6379"}, DB: 3},
		"redis://cache?db=3":            {Addrs: []string{"cache:6379"}, DB: 3},
		"redis://:p%40ss@[::1]:1/0":     {Addrs: []string{"[::1]:1"}, Password: "p@ss"},
		"redis://[::1]":                 {Addrs: []string{"[::1]:6379"}},
		"redis://u:p@10.0.0.1:6379":     {Addrs: []string{"10.0.0.1:6379"}, Username: "u", Password: "p"},
		"redis+cluster://u:p@a,b:1,c:2": {Form: Sharded, Addrs: []string{"a:6379", "b:1", "c:2"}, Username: "u", Password: "p"},
		"redis+cluster://a/0":           {Form: Sharded, Addrs: []string{"a:6379"}},
		"redis+sentinel://a,b:1/m":      {Form: Sentinel, Addrs: []string{"a:26379", "b:1"}, Master: "m"},
		"redis+sentinel://u:p@a/m?db=2": {Form: Sentinel, Addrs: []string{"a:26379"}, Master: "m", DB: 2, Username: "u", Password: "p"},
		"redis+sentinel://a/m?sentinel_password=x&sentinel_username=y": {
			Form: Sentinel, Addrs: []string{"a:26379"}, Master: "m", SentinelUsername: "y", SentinelPassword: "x",
		},
	} {
		got, err := ParseURL(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Target{}, "TLS")); diff != "" || got.TLS != nil {
			t.Errorf("%s (-want +got):\n%s", raw, diff)
		}
	}
	for _, raw := range []string{
		"rediss://cache", "rediss+cluster://a,b", "rediss+sentinel://a/m", "rediss://cache?tls_server_name=other",
	} {
		got, err := ParseURL(raw)
		if err != nil || got.TLS == nil || got.TLS.InsecureSkipVerify {
			t.Errorf("%s: TLS %v, %v", raw, got.TLS, err)
		}
	}
}

func TestParseURLRefusesAndTellsNoSecret(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", "cache:6379", "canary", "http://canary", "unix:///canary", "redis://", "redis://u:canary@", "redis:///0",
		"redis://u:canary@cache:port", "redis://u:canary@cache:0", "redis://u:canary@cache:70000", "redis://u:can%zzary@cache",
		"redis://u:canary@a,b", "redis://u:canary@cache/x", "redis://u:canary@cache/-1", "redis://u:canary@cache/1?db=2",
		"redis://u:canary@cache?timeout=canary", "redis://u:canary@cache?db=1&db=2", "redis://u:canary@cache#canary",
		"redis://u:canary@cache?tls_ca=/x", "rediss://u:canary@cache?tls_what=canary", "rediss://u:canary@cache?tls_ca=/no/such/file",
		"rediss://u:canary@cache?tls_cert=/no/such/file", "rediss://u:canary@cache?skip_verify=true",
		"redis+sentinel://u:canary@a", "redis+sentinel://u:canary@a/m/n", "redis+sentinel://u:canary@a,/m", "redis+sentinel://u:canary@a/m?db=x",
		"redis+cluster://u:canary@a/1", "redis+cluster://u:canary@a?db=1", "redis+cluster://u:canary@a,,b", "redis://u:canary@::1:6379",
		"redis://u:canary@cache?%zz", "redis+cluster://u:canary@a?sentinel_password=canary",
	} {
		got, err := ParseURL(raw)
		if err == nil {
			t.Errorf("%s was read as %+v", raw, got)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error tells: %v", raw, err)
		}
	}
}

func FuzzParseURL(f *testing.F) {
	f.Add("redis+sentinel://u:p@a:1,b:2/m?db=1")
	f.Add("rediss://:p@[::1]:6379/0?tls_server_name=x")
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := ParseURL(raw)
		if err == nil && len(got.Addrs) == 0 {
			t.Errorf("%q gives no address", raw)
		}
	})
}
