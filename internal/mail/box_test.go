package mail_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
)

func TestBoxKeepsTheNewest(t *testing.T) {
	t.Parallel()
	box := mail.NewBox(clock.System{}, 3)
	for _, to := range []string{"a@example.com", "B@Example.com", "c@example.com", "b@example.com"} {
		m := mail.Message{
			To: to, Subject: "To " + to,
			Text: "See https://x.example/a?token=t1 (or https://x.example/b). Bye.",
			HTML: `<a href="https://x.example/a?token=t1">a</a> <a href="https://x.example/c?d=1&amp;e=2">c</a> <a href="mailto:x">m</a>`,
		}
		if err := box.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	subjects := func(list []mail.Captured) (s []string) {
		for _, c := range list {
			s = append(s, c.Subject)
		}
		return s
	}
	if diff := cmp.Diff([]string{"To b@example.com", "To c@example.com", "To B@Example.com"}, subjects(box.List(""))); diff != "" {
		t.Error(diff)
	}
	toB := box.List("b@EXAMPLE.com")
	if diff := cmp.Diff([]string{"To b@example.com", "To B@Example.com"}, subjects(toB)); diff != "" {
		t.Error(diff)
	}
	wantLinks := []string{"https://x.example/a?token=t1", "https://x.example/b", "https://x.example/c?d=1&e=2"}
	if diff := cmp.Diff(wantLinks, toB[0].Links); diff != "" {
		t.Error(diff)
	}
	if got, ok := box.Get(toB[1].ID); !ok || got.Subject != toB[1].Subject {
		t.Errorf("Get: %v, %t", got, ok)
	}
	if _, ok := box.Get("nothing"); ok {
		t.Error("Get found what is not there")
	}
	if none := box.List("a@example.com"); none == nil || len(none) != 0 {
		t.Errorf("the oldest was kept: %v", none)
	}
}

func TestBoxSpeaksTheContract(t *testing.T) {
	t.Parallel()
	box := mail.NewBox(clock.System{}, 3)
	if err := box.Send(t.Context(), mail.Message{To: "a@example.com", Text: "no link"}); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(box.List(""))
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]any
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"to", "subject", "text", "html", "links", "received_at"} {
		if _, ok := list[0][name]; !ok {
			t.Errorf("%s is missing in %s", name, raw)
		}
	}
	if len(list[0]) != 6 || !strings.Contains(string(raw), `"links":[]`) {
		t.Errorf("got %s", raw)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := box.Send(ctx, mail.Message{}); err == nil {
		t.Error("a cancelled send was kept")
	}
}
