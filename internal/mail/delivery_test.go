package mail_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/mail/smtpmail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// overSMTP makes a house send to the sink.
func overSMTP(t *testing.T, sink *mailtest.Sink, sendTimeout time.Duration) func(*mail.Options) {
	t.Helper()
	transport, err := smtpmail.New(smtpmail.Options{
		Host: sink.Host(), Port: sink.Port(), TLS: smtpmail.StartTLS, RootCAs: sink.RootCAs(),
		From: "door@auth.example", FromName: "Sallyport", SendTimeout: sendTimeout,
	})
	if err != nil {
		t.Fatal(err)
	}
	return func(o *mail.Options) { o.Transport = transport }
}

// soon retries without waiting.
func soon(o *jobs.Options) { o.Backoff = func(int) time.Duration { return 0 } }

func TestDeliverySurvivesTheMailServer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		does     mailtest.Behaviour
		state    store.JobState
		attempts int
		arrives  int
	}{
		{"all is well", mailtest.Behaviour{}, store.JobDone, 1, 1},
		{"refused for now, twice", mailtest.Behaviour{Rcpt: 451, Times: 2}, store.JobDone, 3, 1},
		{"content refused for now", mailtest.Behaviour{Data: 452, Times: 1}, store.JobDone, 2, 1},
		{"refused for good", mailtest.Behaviour{Rcpt: 550}, store.JobDead, 1, 0},
		{"closed after the content", mailtest.Behaviour{CloseAfterData: true, Times: 1}, store.JobDone, 2, 2},
		{"silent after the content", mailtest.Behaviour{Hang: true, Times: 1}, store.JobDone, 2, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
			sink.Behave(tt.does)
			h := newHouse(t, overSMTP(t, sink, 500*time.Millisecond))
			l := h.pending(t, "Ada@example.com")
			job := h.enqueue(t, l)
			h.pool(t, soon)
			var j store.Job
			waittest.Until(t, "the job is "+string(tt.state), func() bool {
				j = h.job(t, job.ID)
				return j.State == tt.state
			})
			got := sink.Messages()
			if j.Attempts != tt.attempts || len(got) != tt.arrives || j.SecretSealed != "" {
				t.Errorf("%d attempts, %d mails, want %d and %d: %+v", j.Attempts, len(got), tt.attempts, tt.arrives, j)
			}
			for _, m := range got {
				if id := m.Header.Get("Message-ID"); id != "<"+job.ID+"@auth.example>" {
					t.Errorf("Message-ID %s", id)
				}
				if m.Rcpt[0] != "Ada@example.com" || !strings.Contains(m.Text, "\nhttps://auth.example/auth/verify-email?token="+l.Token+"\n") {
					t.Errorf("to %q: %s", m.Rcpt, m.Text)
				}
			}
		})
	}
}

// TestTenMinutesWithoutAMailServer lets only the clock pass.
func TestTenMinutesWithoutAMailServer(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
	sink.Down()
	h := newHouse(t, overSMTP(t, sink, 0))
	const count = 25
	wanted := map[string]int{}
	for n := range count {
		job := h.enqueue(t, h.pending(t, fmt.Sprintf("user%d@example.com", n)))
		wanted["<"+job.ID+"@auth.example>"] = 0
	}
	p := h.pool(t)
	// idle waits until nothing is due at the present time.
	idle := func() {
		waittest.Until(t, "nothing is due", func() bool {
			s, err := p.Stats(t.Context())
			return err == nil && s.Queue.Running == 0 && s.Busy == 0 && s.Queue.OldestDue <= 0
		})
	}
	for passed := time.Duration(0); passed < 10*time.Minute; passed += 20 * time.Second {
		idle()
		h.clock.Advance(20 * time.Second)
	}
	if n := len(sink.Messages()); n != 0 {
		t.Fatalf("%d mails while the server was down", n)
	}
	sink.Up()
	for passed := time.Duration(0); passed < 15*time.Minute && len(sink.Messages()) < count; passed += 20 * time.Second {
		idle()
		h.clock.Advance(20 * time.Second)
	}
	idle()
	for _, m := range sink.Messages() {
		wanted[m.Header.Get("Message-ID")]++
	}
	for id, n := range wanted {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
	if len(wanted) != count {
		t.Errorf("%d mails, want %d", len(wanted), count)
	}
}

func TestAnExpiredLinkIsNeverSent(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
	sink.Down()
	h := newHouse(t, overSMTP(t, sink, 0))
	job := h.enqueue(t, h.pending(t, "ada@example.com"))
	h.pool(t)
	waittest.Until(t, "the first try failed", func() bool {
		j := h.job(t, job.ID)
		return j.State == store.JobReady && j.Attempts == 1
	})
	sink.Up()
	h.clock.Advance(25 * time.Hour)
	waittest.Until(t, "the job has ended", func() bool {
		j := h.job(t, job.ID)
		return (j.State == store.JobDead || j.State == store.JobDone) && j.SecretSealed == ""
	})
	if n := len(sink.Messages()); n != 0 {
		t.Error("a link that no longer works was sent")
	}
}

func TestNoTokenIsAtRestOrInTheLog(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
	var log safeBuffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	send := overSMTP(t, sink, 0)
	h := newHouse(t, send, func(o *mail.Options) { o.Log = logger })
	l := h.pending(t, "ada.lovelace@example.com")
	// A server that quotes the link and the recipient in its refusals.
	sink.Behave(mailtest.Behaviour{Data: 451, Times: 2, Reply: "bad link https://auth.example/auth/verify-email?token=" + l.Token + " to ada.lovelace@example.com"})
	job := h.enqueue(t, l)
	token := []byte(l.Token)
	grep := func(when string) {
		files, err := filepath.Glob(h.path + "*")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			content, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(content, token) || bytes.Contains(content, token[4:40]) {
				t.Errorf("%s: the token stands in %s", when, filepath.Base(f))
			}
		}
	}
	grep("enqueued")
	h.pool(t, func(o *jobs.Options) { o.Log, o.Backoff = logger, func(int) time.Duration { return time.Minute } })
	waittest.Until(t, "a refusal", func() bool { return h.job(t, job.ID).LastError != "" })
	if j := h.job(t, job.ID); !strings.Contains(j.LastError, "451") || strings.Contains(j.LastError, "lovelace") {
		t.Errorf("error is %q", j.LastError)
	}
	grep("refused")
	h.clock.Advance(time.Minute)
	waittest.Until(t, "a second refusal", func() bool { return h.job(t, job.ID).Attempts == 2 })
	waittest.Until(t, "the second is settled", func() bool { return h.job(t, job.ID).State == store.JobReady })
	h.clock.Advance(time.Minute)
	waittest.Until(t, "done", func() bool { return h.job(t, job.ID).State == store.JobDone })
	grep("sent")
	if text := log.String(); strings.Contains(text, l.Token) || strings.Contains(text, "lovelace") || !strings.Contains(text, "mail sent") {
		t.Errorf("the log tells too much: %s", text)
	}
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// Names of what the process that is to be killed needs to know.
const (
	victimPath = "SALLYPORT_TEST_MAIL_DATABASE"
	victimKey  = "SALLYPORT_TEST_MAIL_KEY"
	victimPort = "SALLYPORT_TEST_MAIL_PORT"
)

// TestAProcessKilledBetweenAcceptAndSettle has another process send, kills it
// when the server has the mail, and lets this one take over.
func TestAProcessKilledBetweenAcceptAndSettle(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "none"})
	key := secret.Encode(secret.Bytes(32))
	keyring, err := secret.ParseKeyring(key)
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, func(o *mail.Options) { o.Keyring, o.Transport = keyring, plainSMTP(t, sink.Port()) })
	job := h.enqueue(t, h.pending(t, "ada@example.com"))

	victim := newVictim(t, h, key, sink.Port())
	accepted, killed := make(chan struct{}), make(chan struct{})
	var once sync.Once
	sink.OnMessage(func(mailtest.Message) {
		once.Do(func() {
			close(accepted)
			<-killed // the answer comes too late
		})
	})
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	<-accepted
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait() // it was killed
	close(killed)
	if n := len(sink.Messages()); n != 1 {
		t.Fatalf("%d mails before the kill, want 1", n)
	}
	if j := h.job(t, job.ID); j.State != store.JobRunning {
		t.Fatalf("the dead process settled: %+v", j)
	}

	h.pool(t, func(o *jobs.Options) { o.Keyring = keyring })
	h.clock.Advance(jobs.DefaultLease + time.Second)
	waittest.Until(t, "the job is done", func() bool { return h.job(t, job.ID).State == store.JobDone })
	got := sink.Messages()
	if len(got) != 2 || got[0].Header.Get("Message-ID") != got[1].Header.Get("Message-ID") {
		t.Errorf("%d mails, want two with one Message-ID", len(got))
	}
}

// TestAProcessPausedPastItsLease has another process send, stops it when the
// server has the mail, lets this one take over, and wakes it up again.
func TestAProcessPausedPastItsLease(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "none"})
	key := secret.Encode(secret.Bytes(32))
	keyring, err := secret.ParseKeyring(key)
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, func(o *mail.Options) { o.Keyring, o.Transport = keyring, plainSMTP(t, sink.Port()) })
	job := h.enqueue(t, h.pending(t, "ada@example.com"))

	victim := newVictim(t, h, key, sink.Port())
	accepted, paused := make(chan struct{}), make(chan struct{})
	var once sync.Once
	sink.OnMessage(func(mailtest.Message) {
		once.Do(func() {
			close(accepted)
			<-paused
		})
	})
	var said safeBuffer
	victim.Stdout = &said
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = victim.Wait() }() // it is killed
	defer func() { _ = victim.Process.Kill() }()
	<-accepted
	if err := victim.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	close(paused) // the answer waits in the socket

	h.pool(t, func(o *jobs.Options) { o.Keyring = keyring })
	h.clock.Advance(jobs.DefaultLease + time.Second)
	waittest.Until(t, "the job is done", func() bool { return h.job(t, job.ID).State == store.JobDone })
	done := h.job(t, job.ID)
	if err := victim.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the paused process finds its lease lost", func() bool {
		return strings.Contains(said.String(), "job lease was lost")
	})
	if got := h.job(t, job.ID); got != done {
		t.Errorf("the paused process changed the job to %+v, want %+v", got, done)
	}
	got := sink.Messages()
	if len(got) != 2 || got[0].Header.Get("Message-ID") != got[1].Header.Get("Message-ID") {
		t.Errorf("%d mails, want two with one Message-ID", len(got))
	}
}

// newVictim is a process that sends the house's mail, not started yet.
func newVictim(t *testing.T, h *house, key string, port int) *exec.Cmd {
	t.Helper()
	victim := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$")
	victim.Env = append(os.Environ(), victimPath+"="+h.path, victimKey+"="+key, victimPort+"="+strconv.Itoa(port))
	return victim
}

func plainSMTP(t *testing.T, port int) mail.Transport {
	t.Helper()
	transport, err := smtpmail.New(smtpmail.Options{
		Host: "127.0.0.1", Port: port, TLS: smtpmail.NoTLS, From: "door@auth.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	return transport
}

// TestVictim is not a test: it is the process that is killed.
func TestVictim(t *testing.T) { //nolint:paralleltest // alone in its process
	path := os.Getenv(victimPath)
	if path == "" {
		return
	}
	port, err := strconv.Atoi(os.Getenv(victimPort))
	if err != nil {
		t.Fatal(err)
	}
	keyring, err := secret.ParseKeyring(os.Getenv(victimKey))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + path})
	if err != nil {
		t.Fatal(err)
	}
	postman, err := mail.NewPostman(mail.Options{
		Store: db, Keyring: keyring, Transport: plainSMTP(t, port), Clock: clock.System{},
		Log: slog.New(slog.DiscardHandler), PublicURL: "https://auth.example", Product: "Sallyport",
	})
	if err != nil {
		t.Fatal(err)
	}
	p := jobs.New(jobs.Options{
		Store: db, Keyring: keyring, Handout: local.NewHandout(), Clock: clock.System{},
		Log: slog.New(slog.NewTextHandler(os.Stdout, nil)),
	})
	p.Handle(postman.Handler())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_ = p.Run(ctx)
	t.Error("nobody killed this process")
}
