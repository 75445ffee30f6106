package hook_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// waiting are the deliveries that have not arrived, whole.
func (w world) waiting(t *testing.T) (payloads []string) {
	t.Helper()
	for _, state := range []store.JobState{store.JobReady, store.JobRunning} {
		list, err := w.Store.Direct().Jobs.List(t.Context(), state, store.Page{Limit: 500})
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range list {
			if j.Kind == "hook" {
				payloads = append(payloads, j.Payload+j.LastError)
			}
		}
	}
	return payloads
}

// TestNothingPersonalWaits: everything that a user did waits for an endpoint that
// does not answer. It tells nothing of the person, neither before nor after they are
// erased, and says nothing that its documentation lacks.
func TestNothingPersonalWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	release := make(chan struct{})
	defer close(release)
	w.wire.answers(func(sent) (hook.Answer, error) { <-release; return hook.Answer{Status: 503}, nil })
	w.add(t, hook.Draft{URL: front, Ordered: true})
	u := w.Join(t, roomtest.Ada)
	key, codes := w.Enrol(t, u)
	w.UseCodes(t, roomtest.Ada, codes[:1])
	w.Register(t, u)
	by := w.Asker(t, u)
	first, err := w.Logins.WithPassword(t.Context(), login.Password{Email: roomtest.Ada, Password: roomtest.Good, Origin: roomtest.Origin()})
	if err != nil {
		t.Fatal(err)
	}
	in, err := w.Logins.WithSecondFactor(t.Context(), login.SecondFactor{Token: first.Step.Token, Method: mfa.MethodRecoveryCode, Code: codes[1], Origin: roomtest.Origin()})
	if err != nil {
		t.Fatal(err)
	}
	tokens := in.Tokens
	if _, err := w.Delete(t.Context(), deletion.Request{Claims: w.Claims(t, tokens, true), Password: roomtest.Good, Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	w.look(t, "before", by.SessionID, tokens.AccessToken, key, codes[0])
	w.Clock.Advance(200 * time.Hour)
	if err := w.Records.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := w.Count(t, audit.KindUserErased); n != 1 {
		t.Fatalf("%d users were erased", n)
	}
	w.look(t, "after", by.SessionID, tokens.AccessToken, key, codes[0])
	if last := w.waiting(t); !slices.ContainsFunc(last, func(p string) bool {
		return strings.Contains(p, `"type":"user.erased"`) && strings.Contains(p, u.ID)
	}) {
		t.Error("nobody is told that the user was erased")
	}
}

// look reads what waits.
func (w world) look(t *testing.T, when string, secrets ...string) {
	t.Helper()
	list := w.waiting(t)
	if len(list) < 8 {
		t.Errorf("%s: %d deliveries wait", when, len(list))
	}
	personal := append([]string{"people.example", `"Ada"`, "Ada's phone", roomtest.Origin().Address, roomtest.Origin().UserAgent, "s3cret"}, secrets...)
	for _, p := range list {
		for _, word := range personal {
			if strings.Contains(strings.ToLower(p), strings.ToLower(word)) {
				t.Errorf("%s: %q stands in %s", when, word, p)
			}
		}
		documented(t, p)
	}
}

// documented compares the members of a message with those of its documentation.
func documented(t *testing.T, payload string) {
	t.Helper()
	var got struct {
		Body struct {
			Type string         `json:"type"`
			Data map[string]any `json:"data"`
		} `json:"body"`
	}
	if err := json.NewDecoder(strings.NewReader(payload)).Decode(&got); err != nil {
		t.Fatal(err)
	}
	kinds := hook.Kinds()
	n := slices.IndexFunc(kinds, func(k hook.Kind) bool { return k.Name == got.Body.Type })
	if n < 0 {
		t.Fatalf("there is no documentation of %s", got.Body.Type)
	}
	details, _ := got.Body.Data["details"].(map[string]any)
	known := map[string]any{}
	if kinds[n].Details != "" {
		if err := json.Unmarshal([]byte(kinds[n].Details), &known); err != nil {
			t.Fatal(err)
		}
	}
	for member := range maps.Keys(details) {
		if _, ok := known[member]; !ok {
			t.Errorf("%s has the member %q, which its example lacks", got.Body.Type, member)
		}
	}
}
