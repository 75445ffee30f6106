package hook_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/egress"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/hook/httphook"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// question is what the operator's program reads.
type question struct {
	Type string         `json:"type"`
	Data map[string]any `json:"data"`
}

// program is the operator's: a real server that is asked.
type program struct {
	*httptest.Server

	mu    sync.Mutex
	asked []question
	reply func(w http.ResponseWriter, r *http.Request, q question)
}

func startProgram(t *testing.T) *program {
	t.Helper()
	p := &program{}
	p.says(`{"allow":true}`)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q question
		text, err := io.ReadAll(r.Body)
		if err == nil {
			err = json.Unmarshal(text, &q)
		}
		if err != nil || r.Header.Get("webhook-signature") == "" {
			t.Errorf("asked %q, %v (%v)", text, r.Header, err)
		}
		p.mu.Lock()
		p.asked = append(p.asked, q)
		reply := p.reply
		p.mu.Unlock()
		reply(w, r, q)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *program) does(reply func(w http.ResponseWriter, r *http.Request, q question)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reply = reply
}

func (p *program) says(text string) {
	p.does(func(w http.ResponseWriter, _ *http.Request, _ question) { _, _ = io.WriteString(w, text) })
}

func (p *program) all() []question {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

// forget forgets what was asked, and gives how often.
func (p *program) forget() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.asked)
	p.asked = nil
	return n
}

// local is a sender that may reach this machine.
func local(t *testing.T) hook.Sender {
	t.Helper()
	rules, err := egress.ParseRules([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	return httphook.New(egress.New(egress.Options{Rules: rules, Timeout: 5 * time.Second}))
}

// ask has the program asked from now on.
func (w world) ask(t *testing.T, url string, kinds ...string) hook.Added {
	t.Helper()
	added := w.add(t, hook.Draft{URL: url, Kinds: kinds})
	w.load(t)
	return added
}

func (w world) load(t *testing.T) {
	t.Helper()
	if err := w.Asked.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func asking(t *testing.T, settings ...func(*roomtest.Settings)) (world, *program) {
	t.Helper()
	return world{House: roomtest.New(t, append(settings, roomtest.Hooked(local(t)))...)}, startProgram(t)
}

// told is what people read of a refusal.
func told(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok && len(f.Args) == 2 {
		return f.Args[1]
	}
	return ""
}

func (w world) signUp(t *testing.T, email string) error {
	t.Helper()
	_, err := w.SignUp(t.Context(), signup.SignUp{Email: email, Password: roomtest.Good, Name: "Ada", Origin: roomtest.Origin()})
	return err
}

// TestASignUpIsAskedAboutAndRefused: the same question and the same answer for an
// address with an account and for one without, before anything is written.
func TestASignUpIsAskedAboutAndRefused(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	w.Join(t, roomtest.Ada)
	w.ask(t, p.URL, hook.BeforeSignUp)
	p.says(`{"allow":false,"message":"  Only people \u202eof\u0000 example.com,\nplease. "}`)
	before := w.Count(t, audit.KindSignUpRequested)
	for _, email := range []string{roomtest.Ada, "nobody@people.example"} {
		err := w.signUp(t, email)
		if !errors.Is(err, hook.ErrSignUpRefused) || told(err) != "Only people of example.com, please." {
			t.Errorf("%s: %v, with the text %q", email, err, told(err))
		}
	}
	if n := w.Count(t, audit.KindSignUpRequested) - before; n != 0 {
		t.Errorf("%d sign-ups that were refused left something", n)
	}
	asked := p.all()
	if len(asked) != 2 {
		t.Fatalf("asked %d times, want 2", len(asked))
	}
	for n, email := range []string{roomtest.Ada, "nobody@people.example"} {
		want := map[string]any{"email": email, "name": "Ada", "ip": roomtest.Origin().Address, "user_agent": roomtest.Origin().UserAgent}
		for member, value := range want {
			if value != "" && asked[n].Data[member] != value {
				t.Errorf("asked with the %s %v, want %v", member, asked[n].Data[member], value)
			}
		}
		if whole := fmt.Sprint(asked[n]); asked[n].Type != hook.BeforeSignUp || strings.Contains(whole, roomtest.Good) || asked[n].Data["user_id"] != nil {
			t.Errorf("asked %v", whole)
		}
	}
	p.says(`{"allow":true}`)
	if err := w.signUp(t, "nobody@people.example"); err != nil {
		t.Error(err)
	}
}

// TestAnswersThatDoNotCount: what is no answer is refused as unavailable, or goes on
// where the setting says so.
func TestAnswersThatDoNotCount(t *testing.T) {
	t.Parallel()
	closed, p := asking(t)
	open := world{House: roomtest.New(t, roomtest.Hooked(local(t)), roomtest.Accepting)}
	over := make(chan struct{})
	defer close(over)
	status := func(n int, body string) func(http.ResponseWriter, *http.Request, question) {
		return func(w http.ResponseWriter, _ *http.Request, _ question) {
			w.WriteHeader(n)
			_, _ = io.WriteString(w, body)
		}
	}
	inner := startProgram(t)
	replies := map[string]func(http.ResponseWriter, *http.Request, question){
		"garbage":             status(200, "OK"),
		"nothing":             status(200, ""),
		"no word":             status(200, `{}`),
		"a word that is text": status(200, `{"allow":"true"}`),
		"two words":           status(200, `{"allow":false,"allow":true}`),
		"an error":            status(500, `{"allow":true}`),
		"no content":          status(204, ""),
		"too long":            status(200, `{"allow":true,"x":"`+strings.Repeat("x", 8<<10)+`"}`),
		"a redirect": func(w http.ResponseWriter, r *http.Request, _ question) {
			http.Redirect(w, r, inner.URL, http.StatusTemporaryRedirect)
		},
		"a broken connection": func(http.ResponseWriter, *http.Request, question) { panic(http.ErrAbortHandler) },
		"too late": func(_ http.ResponseWriter, r *http.Request, _ question) {
			select {
			case <-r.Context().Done():
			case <-over:
			}
		},
	}
	closed.ask(t, p.URL, hook.BeforeSignUp)
	open.ask(t, p.URL, hook.BeforeSignUp)
	for name, reply := range replies {
		p.does(reply)
		begun := time.Now()
		if err := closed.signUp(t, "closed@people.example"); !errors.Is(err, fault.ErrUnavailable) {
			t.Errorf("%s: closed: %v", name, err)
		}
		if err := open.signUp(t, "open@people.example"); err != nil {
			t.Errorf("%s: open: %v", name, err)
		}
		if took := time.Since(begun); took > 2*hook.AskWithin+4*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
	}
	if n := len(inner.all()); n != 0 {
		t.Errorf("%d redirects were followed", n)
	}
	p.Close()
	if err := closed.signUp(t, "closed@people.example"); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("nobody there: closed: %v", err)
	}
	if err := open.signUp(t, "open@people.example"); err != nil {
		t.Errorf("nobody there: open: %v", err)
	}
}

// TestANoIsANo: what stands beside it does not make it a failure, which may be a yes.
func TestANoIsANo(t *testing.T) {
	t.Parallel()
	w, p := asking(t, roomtest.Accepting)
	w.ask(t, p.URL, hook.BeforeSignUp)
	for reply, want := range map[string]string{
		`{"allow":false}`: "", `{"allow":false,"message":7}`: "", `{"allow":false,"message":"","claims":{"sub":"x"}}`: "",
		`{"allow":false,"message":"` + strings.Repeat("é", 400) + `"}`: strings.Repeat("é", hook.MaxText-1) + "…",
	} {
		p.says(reply)
		if err := w.signUp(t, "nobody@people.example"); !errors.Is(err, hook.ErrSignUpRefused) || told(err) != want {
			t.Errorf("%.60s: %v, with %q", reply, err, told(err))
		}
	}
}

// TestWhereAProgramMayNotBe: a question is a way out of the network as a message is.
func TestWhereAProgramMayNotBe(t *testing.T) {
	t.Parallel()
	p := startProgram(t)
	strict := httphook.New(egress.New(egress.Options{Timeout: 5 * time.Second}))
	w := world{House: roomtest.New(t, roomtest.Hooked(strict))}
	w.ask(t, p.URL, hook.BeforeSignUp)
	if err := w.signUp(t, "nobody@people.example"); !errors.Is(err, fault.ErrUnavailable) || !errors.Is(err, egress.ErrRefused) {
		t.Errorf("a private address: %v", err)
	}
	if n := len(p.all()); n != 0 {
		t.Errorf("%d questions arrived", n)
	}
}

// TestTheThirtyThirdQuestion: what is over the bound does not wait, and is answered by
// the setting.
func TestTheThirtyThirdQuestion(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	open := world{House: roomtest.New(t, roomtest.Hooked(local(t)), roomtest.Accepting)}
	gates := map[string]*hook.Gate{"closed": w.Asked, "open": open.Asked}
	w.ask(t, p.URL, hook.BeforeSignUp)
	open.ask(t, p.URL, hook.BeforeSignUp)
	for name, gate := range gates {
		arrived, release := make(chan struct{}), make(chan struct{})
		p.does(func(w http.ResponseWriter, _ *http.Request, _ question) {
			arrived <- struct{}{}
			<-release
			_, _ = io.WriteString(w, `{"allow":false}`)
		})
		var wg sync.WaitGroup
		for range hook.MaxAsked {
			wg.Go(func() { _ = gate.BeforeSignUp(t.Context(), hook.SignUp{Email: "x"}) })
		}
		for range hook.MaxAsked {
			<-arrived
		}
		err := gate.BeforeSignUp(t.Context(), hook.SignUp{Email: "x"})
		close(release)
		wg.Wait()
		if name == "open" && err != nil || name == "closed" && !errors.Is(err, fault.ErrUnavailable) {
			t.Errorf("%s: the next one got %v", name, err)
		}
		if n := p.forget(); n != hook.MaxAsked {
			t.Errorf("%s: %d questions arrived, want %d", name, n, hook.MaxAsked)
		}
		p.says(`{"allow":true}`)
		if err := gate.BeforeSignUp(t.Context(), hook.SignUp{Email: "x"}); err != nil {
			t.Errorf("%s: once there was room: %v", name, err)
		}
		p.forget()
	}
}

// TestSignUpsLeaveRoomForSignIns: strangers sign up as often as they like, and use up
// nothing of what is asked about people who sign in, at the same endpoint.
func TestSignUpsLeaveRoomForSignIns(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	w.Join(t, roomtest.Ada)
	w.ask(t, p.URL, hook.BeforeSignUp, hook.BeforeToken)
	arrived, release := make(chan struct{}), make(chan struct{})
	p.does(func(w http.ResponseWriter, _ *http.Request, q question) {
		if q.Type == hook.BeforeSignUp {
			arrived <- struct{}{}
			<-release
		}
		_, _ = io.WriteString(w, `{"allow":true}`)
	})
	var wg sync.WaitGroup
	for range hook.MaxAsked {
		wg.Go(func() { _ = w.Asked.BeforeSignUp(t.Context(), hook.SignUp{Email: "x"}) })
	}
	for range hook.MaxAsked {
		<-arrived
	}
	if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); err != nil {
		t.Errorf("beside a flood of sign-ups: %v", err)
	}
	if err := w.Asked.BeforeSignUp(t.Context(), hook.SignUp{Email: "x"}); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("one more sign-up: %v", err)
	}
	close(release)
	wg.Wait()
}
