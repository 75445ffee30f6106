package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// thisMachine lets web hooks reach a receiver that a test started.
const thisMachine = "SALLYPORT_HOOKS_ALLOW=127.0.0.1"

// received is a message of a web hook.
type received struct {
	Secret  string            `json:"secret"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

func (m received) kind(t *testing.T) string {
	t.Helper()
	var b struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal([]byte(m.Body), &b); err != nil {
		t.Fatal(err)
	}
	return b.Type
}

// receiver is a program that gets web hooks.
type receiver struct {
	*httptest.Server

	mu     sync.Mutex
	got    []received
	holds  bool          // it takes a message and does not answer
	answer chan struct{} // closed at the end
}

func startReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{answer: make(chan struct{})}
	r.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		m := received{Body: string(body), Headers: map[string]string{}}
		for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
			m.Headers[name] = req.Header.Get(name)
		}
		r.mu.Lock()
		r.got = append(r.got, m)
		holds := r.holds
		r.mu.Unlock()
		if holds {
			select {
			case <-r.answer:
			case <-req.Context().Done():
			}
		}
	}))
	t.Cleanup(func() { close(r.answer); r.Close() })
	return r
}

func (r *receiver) hold(holds bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holds = holds
}

func (r *receiver) all() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

// count is how many messages of a kind arrived, each webhook-id once.
func (r *receiver) count(t *testing.T, kind string) int {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range r.all() {
		if m.kind(t) == kind {
			ids[m.Headers["webhook-id"]] = true
		}
	}
	return len(ids)
}

// hook runs a command beside the server.
func (w *world) hook(t *testing.T, args ...string) string {
	t.Helper()
	o := w.operator()
	o.Env = append(slices.Clone(o.Env), thisMachine)
	stdout, stderr, code := apptest.Run(t.Context(), t, o, nil, append([]string{"hook"}, args...)...)
	if code != 0 {
		t.Fatalf("hook %s: %d\n%s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout
}

// addHook adds an endpoint, and gives its id and secret.
func (w *world) addHook(t *testing.T, args ...string) (id, secret string) {
	t.Helper()
	var added struct {
		ID  string `json:"id"`
		Key string `json:"key"`
	}
	if err := json.Unmarshal([]byte(w.hook(t, append([]string{"add", "--json"}, args...)...)), &added); err != nil {
		t.Fatal(err)
	}
	w.remember(added.Key)
	return added.ID, added.Key
}

// TestAKilledWorkerLosesNoHook: a worker dies while the receiver has a message and has
// not answered. The message comes again with the same webhook-id, then what waited
// for it in its order, and nothing else.
func TestAKilledWorkerLosesNoHook(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	r := startReceiver(t)
	id, _ := w.addHook(t, "--url", r.URL+"/s3cret", "--kind", "user.created", "--kind", "session.opened", "--ordered")
	r.hold(true)
	worker := w.worker(t, thisMachine)
	w.signUp(t, address(t, 1), password)
	w.verify(t, address(t, 1), 1)
	for range 3 {
		w.login(t, address(t, 1), password)
	}
	waittest.Until(t, "the first message", func() bool { return len(r.all()) == 1 })
	worker.Kill()
	r.hold(false)
	if n, err := w.endLeases(t); err != nil || n == 0 {
		t.Fatalf("%d jobs were running, %v", n, err)
	}
	worker = w.worker(t, thisMachine)
	waittest.Until(t, "nothing that waits", func() bool { return strings.Contains(w.hook(t, "list", "--json"), `"waiting": 0`) })
	got := r.all()
	if len(got) < 5 || got[0].Body != got[1].Body || got[0].Headers["webhook-id"] != got[1].Headers["webhook-id"] {
		t.Errorf("%d messages came, and the first did not come again: %+v", len(got), got)
	}
	for n, m := range got[1:] {
		var b struct {
			Data struct {
				Number int `json:"number"`
			} `json:"data"`
		}
		if err := json.Unmarshal([]byte(m.Body), &b); err != nil || b.Data.Number != n+1 {
			t.Errorf("message %d is event %d (%v)", n+1, b.Data.Number, err)
		}
	}
	if log := worker.Log(); !strings.Contains(log, "hook delivered") || strings.Contains(log, "s3cret") {
		t.Errorf("the log says:\n%s", log)
	}
	w.hook(t, "remove", id)
}

// TestHooksFromTheCommandLine: what an operator does, and what a receiver verifies by
// the library of Standard Webhooks.
func TestHooksFromTheCommandLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, thisMachine)
	r := startReceiver(t)
	id, secret := w.addHook(t, "--url", r.URL+"/hooks", "--kind", "user.created", "--kind", "session.opened")
	if said := w.hook(t, "test", id); said != "The web hook answered 200.\n" {
		t.Errorf("the test says %q", said)
	}
	w.join(t, address(t, 1))
	waittest.Until(t, "both events", func() bool { return r.count(t, "user.created") == 1 && r.count(t, "session.opened") >= 1 })
	var rotated struct {
		Key string `json:"key"`
	}
	if err := json.Unmarshal([]byte(w.hook(t, "rotate", id, "--json")), &rotated); err != nil {
		t.Fatal(err)
	}
	w.remember(rotated.Key)
	before := len(r.all())
	w.hook(t, "test", id)
	got := r.all()
	var verify []received
	for n, m := range got {
		m.Secret = secret
		verify = append(verify, m)
		if n >= before {
			m.Secret = rotated.Key
			verify = append(verify, m)
		}
	}
	standardWebhooks(t, verify)

	w.hook(t, "disable", id)
	w.join(t, address(t, 2))
	w.hook(t, "enable", id)
	w.join(t, address(t, 3))
	waittest.Until(t, "the third user", func() bool { return r.count(t, "user.created") == 2 })
	w.hook(t, "remove", id)
	if said := w.hook(t, "list"); said != "There are no web hooks.\n" {
		t.Errorf("the list says %q", said)
	}

	// Without the setting, this machine is not reached.
	o := w.operator()
	o.Env = append(slices.Clone(o.Env), "SALLYPORT_HOOKS_ALLOW=")
	id, _ = w.addHook(t, "--url", r.URL)
	if _, stderr, code := apptest.Run(t.Context(), t, o, nil, "hook", "test", id); code != 1 || !strings.Contains(stderr, "does not connect") {
		t.Errorf("a test of this machine: %d %s", code, stderr)
	}
}

// standardWebhooks verifies messages by the library that receivers use.
func standardWebhooks(t *testing.T, messages []received) {
	t.Helper()
	if _, err := os.Stat("contract/node_modules/standardwebhooks"); err != nil {
		needContractTools(t)
		t.Fatal("the library is not installed: make test-needs")
	}
	text, err := json.Marshal(messages)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "node", "webhook.mjs")
	run.Dir, run.Stdin = "contract", bytes.NewReader(text)
	if said, err := run.CombinedOutput(); err != nil {
		t.Fatalf("standardwebhooks: %v\n%s", err, said)
	}
}
