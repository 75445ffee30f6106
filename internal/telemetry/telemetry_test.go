package telemetry_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

func TestTheRequestIDStandsInEveryLine(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := telemetry.NewLogger(&out, telemetry.Options{Format: "json"})
	ctx := telemetry.WithRequestID(t.Context(), "01J")
	log.With(slog.String("room", "session")).InfoContext(ctx, "refreshed")
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	delete(line, "time")
	want := map[string]any{"level": "INFO", "msg": "refreshed", "room": "session", "request_id": "01J"}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Error(diff)
	}
	if got := telemetry.RequestID(t.Context()); got != "" {
		t.Errorf("a context without a request has the id %q", got)
	}
}

func TestLevelsAndFormats(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		options telemetry.Options
		want    string
	}{
		{"not a terminal: JSON", telemetry.Options{}, `"msg":"warned"`},
		{"text when asked for", telemetry.Options{Format: "text"}, `msg=warned`},
		{"an unknown level is info", telemetry.Options{Level: "loud"}, `"msg":"informed"`},
		{"debug", telemetry.Options{Level: "debug"}, `"msg":"debugged"`},
	} {
		var out bytes.Buffer
		log := telemetry.NewLogger(&out, test.options)
		log.Debug("debugged")
		log.Info("informed")
		log.Warn("warned")
		if !strings.Contains(out.String(), test.want) {
			t.Errorf("%s: %s", test.name, out.String())
		}
	}
	var out bytes.Buffer
	telemetry.NewLogger(&out, telemetry.Options{Level: "error"}).Warn("warned")
	if out.Len() != 0 {
		t.Errorf("a warning was logged at level error: %s", out.String())
	}
}

// hidden must never be seen in a log.
const hidden = "c2VjcmV0LXZhbHVl-hunter2"

// careless makes an attribute whose key is not in the house's style.
func careless(key string) slog.Attr { return slog.Attr{Key: key, Value: slog.StringValue(hidden)} }

type stringer struct{ s string }

func (s stringer) LogValue() slog.Value { return slog.StringValue(s.s) }

func TestSecretsDoNotReachTheLog(t *testing.T) {
	t.Parallel()
	for name, attr := range map[string]slog.Attr{
		"by key":                       slog.String("password", hidden),
		"by a word of the key":         slog.String("new_password", hidden),
		"by a header's name":           careless("Set-Cookie"),
		"by a key in camel case":       careless("refreshToken"),
		"a session identifier":         slog.String("session_id", hidden),
		"any value under such a key":   slog.Any("token", []string{hidden}),
		"in a group":                   slog.Group("request", slog.String("authorization", hidden)),
		"a refresh token in a text":    slog.String("note", "got spr_"+hidden+" from the client"),
		"a one-time token in an URL":   slog.String("link", "https://auth.example.com/auth/verify-email?token="+hidden),
		"a token by its prefix":        slog.String("note", "spv_"+hidden),
		"a JWT":                        slog.String("note", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiI."+hidden),
		"a bearer credential":          slog.String("note", "Bearer "+hidden),
		"a password in a URL":          slog.String("dsn", "mysql://root:"+hidden+"@db/auth"),
		"a password hash":              slog.String("note", "$argon2id$v=19$m=19456,t=2,p=1$"+hidden+"$"+hidden),
		"inside an error":              slog.Any("error", fmt.Errorf("parse: %w", errors.New("spw_"+hidden))),
		"inside bytes":                 slog.Any("body", []byte("spr_"+hidden)),
		"inside a struct":              slog.Any("thing", struct{ T string }{"spr_" + hidden}),
		"inside a value that resolves": slog.Any("thing", stringer{"spr_" + hidden}),
	} {
		for _, format := range []string{"json", "text"} {
			var out bytes.Buffer
			telemetry.NewLogger(&out, telemetry.Options{Format: format}).LogAttrs(t.Context(), slog.LevelInfo, "m", attr)
			if strings.Contains(out.String(), hidden) {
				t.Errorf("%s (%s): %s", name, format, out.String())
			}
			if !strings.Contains(out.String(), telemetry.Redacted) {
				t.Errorf("%s (%s): nothing says that something was blanked: %s", name, format, out.String())
			}
		}
	}
}

func TestHarmlessValuesAreKept(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := telemetry.NewLogger(&out, telemetry.Options{Format: "text"})
	log.LogAttrs(t.Context(), slog.LevelInfo, "m",
		slog.String("code", "invalid_token"), slog.String("session_hash", "3q2-7w"), slog.Int("tokens", 7),
		slog.String("token_kind", "refresh"), slog.Duration("took", time.Second), slog.String("route", "GET /auth/me"),
		slog.Any("list", []string{"a", "b"}), slog.Any("nothing", nil), slog.String("detail", "A speck of dust = 1 @ noon."))
	for _, want := range []string{
		"code=invalid_token", "session_hash=3q2-7w", "tokens=7", "token_kind=refresh", "took=1s", `route="GET /auth/me"`,
		`list="[a b]"`, `detail="A speck of dust = 1 @ noon."`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in %s", want, out.String())
		}
	}
}

func FuzzScrub(f *testing.F) {
	f.Add("note ", "abcdefghijkl")
	f.Fuzz(func(t *testing.T, before, rest string) {
		if strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" || len(rest) < 12 {
			return
		}
		if got := telemetry.Scrub(before + " spr_" + rest); strings.Contains(got, "spr_"+rest) {
			t.Errorf("a token is left in %q", got)
		}
	})
}

func TestTally(t *testing.T) {
	t.Parallel()
	var tally telemetry.Tally
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				tally.Add("refresh", "rotated")
				tally.Add("refresh", "replayed")
			}
		})
	}
	wg.Wait()
	want := []telemetry.Count{{"refresh", "replayed", 8000}, {"refresh", "rotated", 8000}}
	if diff := cmp.Diff(want, tally.Snapshot()); diff != "" {
		t.Error(diff)
	}
	var none *telemetry.Tally
	none.Add("refresh", "rotated")
	if got := none.Snapshot(); got != nil {
		t.Errorf("a nil tally counted %v", got)
	}
}

func TestATallyIsBounded(t *testing.T) {
	t.Parallel()
	var tally telemetry.Tally
	for n := range 5000 {
		tally.Add("route", strconv.Itoa(n))
	}
	got := tally.Snapshot()
	if len(got) > 2001 {
		t.Errorf("%d counters", len(got))
	}
	var sum uint64
	for _, c := range got {
		sum += c.N
	}
	if sum != 5000 {
		t.Errorf("%d of 5000 events are counted", sum)
	}
}
