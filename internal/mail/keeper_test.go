package mail_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// desk opens a desk whose letters get the links of renew.
func (h *house) desk(renew func(context.Context, *store.Tx, mail.Letter) (mail.Letter, error)) *jobs.Desk {
	d := jobs.NewDesk(jobs.DeskOptions{Store: h.store, Keyring: h.keyring, Trail: audit.New(h.clock)})
	d.Keep(h.postman.Keeper(renew))
	return d
}

func TestALetterThatWasGivenUpGoesOutWithAnotherLink(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
	sink.Behave(mailtest.Behaviour{Rcpt: 550, Times: 1})
	h := newHouse(t, overSMTP(t, sink, 0))
	first := h.pending(t, "ada@example.com")
	job := h.enqueue(t, first)
	h.pool(t)
	given := func(state store.JobState) {
		t.Helper()
		waittest.Until(t, "the job is "+string(state), func() bool { return h.job(t, job.ID).State == state })
	}
	given(store.JobDead)
	h.clock.Advance(time.Hour)
	second := h.pending(t, "ada@example.com")
	var asked mail.Letter
	desk := h.desk(func(_ context.Context, _ *store.Tx, l mail.Letter) (mail.Letter, error) {
		asked = l
		return second, nil
	})
	if err := desk.RunAgain(t.Context(), job.ID); err != nil {
		t.Fatal(err)
	}
	given(store.JobDone)
	if asked.TokenID != first.TokenID || asked.Kind != mail.VerifyEmail || asked.Token != "" {
		t.Errorf("renewed was %+v", asked)
	}
	got := sink.Messages()
	if len(got) != 1 || !strings.Contains(got[0].Text, second.Token) || strings.Contains(got[0].Text, first.Token) {
		t.Fatalf("%d mails: %+v", len(got), got)
	}
	// Another link is another message: a mailbox that had the first must not
	// take this one for it.
	if id := got[0].Header.Get("Message-ID"); id != "<"+job.ID+".1@auth.example>" {
		t.Errorf("Message-ID %s", id)
	}
	if date, err := got[0].Header.Date(); err != nil || date.Before(h.clock.Now().Add(-time.Minute)) {
		t.Errorf("dated %v, %v", date, err)
	}
	if j := h.job(t, job.ID); strings.Contains(j.Payload, second.Token) || j.SecretSealed != "" || !j.ExpiresAt.Equal(second.ExpiresAt.Truncate(time.Microsecond)) {
		t.Errorf("it stands as %+v", j)
	}
}

func TestANoticeRunsAgainAsItIs(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
	sink.Behave(mailtest.Behaviour{Data: 550, Times: 1})
	h := newHouse(t, overSMTP(t, sink, 0))
	job := h.enqueue(t, mail.Letter{Kind: mail.PasswordChanged, To: "ada@example.com", Notice: true})
	h.pool(t)
	waittest.Until(t, "the job is dead", func() bool { return h.job(t, job.ID).State == store.JobDead })
	if err := h.desk(nil).RunAgain(t.Context(), job.ID); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the job is done", func() bool { return h.job(t, job.ID).State == store.JobDone })
	got := sink.Messages()
	if len(got) != 1 || got[0].Header.Get("Message-ID") != "<"+job.ID+"@auth.example>" {
		t.Errorf("%d mails: %+v", len(got), got)
	}
}

func TestWhatIsNotRenewed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, keeper := h.postman.Keeper(func(context.Context, *store.Tx, mail.Letter) (mail.Letter, error) {
		return mail.Letter{}, jobs.ErrObsolete
	})
	for name, test := range map[string]struct {
		payload string
		want    error
	}{
		"a letter to nobody":               {`{"kind":"blank"}`, jobs.ErrObsolete},
		"what the room does not want":      {`{"kind":"verify_email","token_table":"pending_signups"}`, jobs.ErrObsolete},
		"what another version has written": {`[]`, jobs.ErrGiveUp},
	} {
		if _, err := keeper.Renew(t.Context(), &store.Tx{}, store.Job{Payload: test.payload}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestAnOperatorIsToldNoMoreThanNeeded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, keeper := h.postman.Keeper(nil)
	for payload, want := range map[string][]jobs.Fact{
		`{"kind":"reset_password","to":"ada.lovelace@example.com","name":"Ada","token_id":"x","expires_at":"2026-03-05T14:30:00Z"}`: {
			{Name: "letter", Value: "reset_password"},
			{Name: "recipient", Value: "a***@example.com"},
			{Name: "link_until", Value: "2026-03-05T14:30:00Z"},
		},
		`{"kind":"password_changed","to":"\u00e9ve@example.com","data":{"address":"203.0.113.7"}}`: {
			{Name: "letter", Value: "password_changed"}, {Name: "recipient", Value: "\u00e9***@example.com"},
		},
		`{"kind":"verify_email","to":"nonsense"}`: {{Name: "letter", Value: "verify_email"}, {Name: "recipient", Value: "***"}},
		`{"kind":"blank"}`:                        {{Name: "letter", Value: "blank"}},
		`nonsense`:                                nil,
	} {
		if got := keeper.Tell(payload); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", payload, got, want)
		}
	}
}
