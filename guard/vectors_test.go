package guard

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// vectors is the file that the server and every client read.
type vectors struct {
	Now      int64           `json:"now"`
	Issuer   string          `json:"issuer"`
	Audience string          `json:"audience"`
	ClientID string          `json:"client_id"`
	JWKS     json.RawMessage `json:"jwks"`
	Tokens   []struct {
		Name    string `json:"name"`
		Why     string `json:"why"`
		Verdict string `json:"verdict"`
		Kind    string `json:"kind"`
		Token   string `json:"token"`
	} `json:"tokens"`
	Pages []struct {
		Name    string `json:"name"`
		Why     string `json:"why"`
		Request struct {
			History string `json:"history"`
			After   int64  `json:"after"`
			Mark    string `json:"mark"`
			Until   int64  `json:"until"`
			Nonce   string `json:"nonce"`
		} `json:"request"`
		Page    string `json:"page"`
		Verdict string `json:"verdict"`
		Number  int64  `json:"number"`
		Current bool   `json:"current"`
		Entries int    `json:"entries"`
	} `json:"pages"`
}

func readVectors(t *testing.T) (v vectors) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "clients", "testdata", "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Tokens) < 100 || len(v.Pages) < 40 {
		t.Fatalf("%d tokens and %d pages", len(v.Tokens), len(v.Pages))
	}
	return v
}

// answers gives the same page to every request for the feed.
type answers struct{ jwks, page []byte }

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	body := a.page
	if r.URL.Path == keysPath {
		body = a.jwks
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
}

// at makes a guard that has read the keys and does not follow, at the time of the
// vectors.
func (v *vectors) at(t *testing.T, page string) *Guard {
	t.Helper()
	born := time.Now()
	c := Config{
		Issuer: v.Issuer, Audience: v.Audience, ClientID: v.ClientID, ClientSecret: "x", Log: slog.New(slog.DiscardHandler),
		HTTPClient: &http.Client{Transport: answers{v.JWKS, []byte(page)}},
		tick: func() reading {
			mono := time.Since(born)
			return reading{mono: mono, wall: time.Unix(v.Now, 0).Add(mono / 1000)}
		},
	}
	if err := c.complete(); err != nil {
		t.Fatal(err)
	}
	g := newGuard(&c)
	if err := g.keys.renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestTokensOfTheVectors(t *testing.T) {
	t.Parallel()
	v := readVectors(t)
	g := v.at(t, "")
	g.feed.change(func(s *standing) { s.complete, s.asOf = true, g.tick() })
	for _, token := range v.Tokens {
		for _, sight := range []string{"first", "second"} {
			verdict, kind := "accept", "user"
			got, err := g.Verify(t.Context(), token.Token)
			switch {
			case err != nil:
				verdict, kind = "refuse", ""
			case got.Client != nil:
				kind = "client"
			}
			if verdict != token.Verdict || kind != token.Kind {
				t.Errorf("%s (%s), %s sight: %s %s (%v), want %s %s", token.Name, token.Why, sight, verdict, kind, err, token.Verdict, token.Kind)
			}
		}
	}
}

func TestPagesOfTheVectors(t *testing.T) {
	t.Parallel()
	v := readVectors(t)
	for _, page := range v.Pages {
		g := v.at(t, page.Page)
		g.feed.nonce = func() string { return page.Request.Nonce }
		g.feed.change(func(s *standing) {
			s.history = page.Request.History
			s.place = place{number: page.Request.After, mark: page.Request.Mark, until: page.Request.Until}
		})
		_, err := g.feed.step(context.WithoutCancel(t.Context()))
		s := g.feed.now.Load()
		verdict := "accept"
		switch {
		case err != nil:
			verdict = "refuse"
		case page.Request.After > 0 && s.place.number == 0:
			verdict = "begin_again"
		}
		if verdict != page.Verdict {
			t.Errorf("%s (%s): %s (%v), want %s", page.Name, page.Why, verdict, err, page.Verdict)
			continue
		}
		current := g.feed.current(g.tick())
		if s.place.number != page.Number || current != page.Current || int(g.table.size.Load()) != page.Entries {
			t.Errorf("%s (%s): at %d, current %v, %d entries", page.Name, page.Why, s.place.number, current, g.table.size.Load())
		}
	}
}
