package client_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const api = "https://api.example.com"

// world is a house with a client.
type world struct {
	*roomtest.House
	made client.Made
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldIn(t, roomtest.New(t))
}

func worldIn(t *testing.T, h *roomtest.House) world {
	t.Helper()
	made, err := h.Clients.Make(t.Context(), client.Draft{
		Name: "Orders", ClientID: "orders", Scopes: []string{"orders:write", "orders:read"}, Audiences: []string{api},
	}, audit.Operator{UserID: "operator"})
	if err != nil {
		t.Fatal(err)
	}
	return world{h, made}
}

// letIn authenticates by a secret.
func (w world) letIn(t *testing.T, secret string) (client.Authenticated, error) {
	t.Helper()
	return w.Clients.Authenticate(t.Context(), client.Credentials{ClientID: "orders", Secret: secret, Method: client.SecretBasic}, roomtest.Origin())
}

// wantSecrets says how often each secret of the client opens.
func (w world) wantSecrets(t *testing.T, what string, opens map[string]bool) {
	t.Helper()
	for secret, want := range opens {
		if _, err := w.letIn(t, secret); (err == nil) != want || err != nil && !errors.Is(err, client.ErrInvalidClient) {
			t.Errorf("%s: a secret opens %v (%v), want %v", what, err == nil, err, want)
		}
	}
}

// granted is a token of the client.
func (w world) granted(t *testing.T, secret string) client.Granted {
	t.Helper()
	c, err := w.letIn(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	g, err := w.Clients.Grant(t.Context(), c, client.Asked{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// lives reports whether a token counts.
func (w world) lives(t *testing.T, g client.Granted) bool {
	t.Helper()
	_, err := w.Verifier.VerifyAny(t.Context(), g.AccessToken)
	return err == nil
}

func TestAClientGetsATokenOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if !strings.HasPrefix(w.made.Secret, "spc_") || len(w.made.Secret) < 46 {
		t.Errorf("the secret is %q, want spc_ and 256 bits", w.made.Secret)
	}
	c := w.granted(t, w.made.Secret).Claims
	if c.Subject != "orders" || c.ClientID != "orders" || c.Audience != api || c.Scope != "orders:read orders:write" || !c.Machine() ||
		c.ExpiresAt.Sub(c.IssuedAt) != 15*time.Minute {
		t.Errorf("the token says %+v", c)
	}
	e := w.Trail(t, audit.KindClientCreated)
	if len(e) != 1 || e[0].ActorID != "operator" || strings.Contains(e[0].Details, w.made.Secret) || !strings.Contains(e[0].Details, `"client_id":"orders"`) {
		t.Errorf("the trail says %+v", e)
	}
}

func TestScopeAndAudienceStayWithinWhatTheClientMayHave(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	grant := func(id string, d client.Draft, asked client.Asked) (client.Granted, error) {
		d.Name, d.ClientID = "x", id
		made, err := h.Clients.Make(t.Context(), d, audit.Operator{})
		if err != nil {
			t.Fatal(err)
		}
		c, err := h.Clients.Authenticate(t.Context(), client.Credentials{ClientID: id, Secret: made.Secret, Method: client.SecretBasic}, roomtest.Origin())
		if err != nil {
			t.Fatal(err)
		}
		return h.Clients.Grant(t.Context(), c, asked)
	}
	two := client.Draft{Scopes: []string{"a", "b"}, Audiences: []string{api, "billing"}}
	for name, c := range map[string]struct {
		draft           client.Draft
		asked           client.Asked
		scope, audience string
		err             error
	}{
		"one of its scopes":      {two, client.Asked{Scope: "b", Resources: []string{api}}, "b", api, nil},
		"more than it may":       {two, client.Asked{Scope: " c  a admin", Resources: []string{"billing"}}, "a", "billing", nil},
		"nothing that it may":    {two, client.Asked{Scope: "c", Resources: []string{api}}, "", "", client.ErrInvalidScope},
		"another's audience":     {two, client.Asked{Resources: []string{"https://other.example"}}, "", "", client.ErrInvalidTarget},
		"two audiences":          {two, client.Asked{Resources: []string{api, "billing"}}, "", "", client.ErrInvalidTarget},
		"one audience twice":     {two, client.Asked{Resources: []string{api, api}}, "a b", api, nil},
		"none of two audiences":  {two, client.Asked{}, "", "", client.ErrInvalidTarget},
		"the default by name":    {two, client.Asked{Resources: []string{"http://localhost:8080"}}, "", "", client.ErrInvalidTarget},
		"a client with nothing":  {client.Draft{}, client.Asked{}, "", "", client.ErrInvalidTarget},
		"one without a scope":    {client.Draft{Audiences: []string{api}}, client.Asked{}, "", api, nil},
		"it asks for a scope":    {client.Draft{Audiences: []string{api}}, client.Asked{Scope: "a"}, "", "", client.ErrInvalidScope},
		"it asks for a resource": {client.Draft{}, client.Asked{Resources: []string{api}}, "", "", client.ErrInvalidTarget},
	} {
		g, err := grant("c-"+id.Random(), c.draft, c.asked)
		if !errors.Is(err, c.err) || g.Claims.Scope != c.scope || g.Claims.Audience != c.audience {
			t.Errorf("%s: scope %q, audience %q (%v), want %q, %q (%v)", name, g.Claims.Scope, g.Claims.Audience, err, c.scope, c.audience, c.err)
		}
	}
}

// TestTheTrailTellsRefusedClientsApart: what is counted together is of one client.
func TestTheTrailTellsRefusedClientsApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, clientID := range []string{"stock", "billing"} {
		if _, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", ClientID: clientID}, audit.Operator{}); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			c := client.Credentials{ClientID: clientID, Secret: "spc_wrong", Method: client.SecretBasic}
			if _, err := w.Clients.Authenticate(t.Context(), c, roomtest.Origin()); !errors.Is(err, client.ErrInvalidClient) {
				t.Fatalf("%s: %v", clientID, err)
			}
		}
	}
	of := map[string]int{}
	for _, e := range w.Trail(t, audit.KindClientRefused) {
		of[e.Details]++
	}
	if of[`{"client_id":"stock"}`] != 3 || of[`{"client_id":"billing"}`] != 3 {
		t.Errorf("the trail has %v", of)
	}
}

// TestStrangersLearnNothing compares what they are told, and what the trail keeps
// for the operator.
func TestStrangersLearnNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", ClientID: "off"}, audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	off, err := w.Clients.Rotate(t.Context(), "off", 0, audit.Operator{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Clients.Disable(t.Context(), "off", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	var reasons []string
	for _, c := range []client.Credentials{
		{ClientID: "none", Secret: w.made.Secret, Method: client.SecretBasic},
		{ClientID: "orders", Secret: off, Method: client.SecretBasic},
		{ClientID: "orders", Secret: "", Method: client.SecretBasic},
		{ClientID: "orders", Secret: w.made.Secret, Method: client.SecretPost},
		{ClientID: "off", Secret: off, Method: client.SecretBasic},
		{ClientID: "off", Secret: "wrong", Method: client.SecretBasic},
		{ClientID: "a\x00b", Secret: "x", Method: client.SecretBasic},
		{ClientID: strings.Repeat("a", 5000), Secret: "x", Method: client.SecretBasic},
	} {
		_, err := w.Clients.Authenticate(t.Context(), c, audit.Origin{})
		if !errors.Is(err, client.ErrInvalidClient) || fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%.20q: %v", c.ClientID, err)
		}
		reasons = append(reasons, w.Trail(t, audit.KindClientRefused)[0].Reason)
	}
	want := []string{
		"unknown_client", "wrong_secret", "wrong_secret", "auth_method", "disabled_client", "wrong_secret", "unknown_client", "unknown_client",
	}
	if diff := cmp.Diff(want, reasons); diff != "" {
		t.Errorf("the trail says %s", diff)
	}
}

func TestTwoSecretsAreAliveAtMost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rotate := func(keep time.Duration) string {
		w.Clock.Advance(time.Second)
		s, err := w.Clients.Rotate(t.Context(), "orders", keep, audit.Operator{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := w.made.Secret
	second := rotate(time.Hour)
	w.wantSecrets(t, "after a rotation", map[string]bool{first: true, second: true, "spc_x": false})
	third := rotate(time.Hour)
	w.wantSecrets(t, "after another", map[string]bool{first: false, second: true, third: true})
	w.Clock.Advance(59 * time.Minute)
	w.wantSecrets(t, "a minute before its hour is over", map[string]bool{second: true, third: true})
	w.Clock.Advance(time.Minute)
	w.wantSecrets(t, "after its hour", map[string]bool{second: false, third: true})
	fourth := rotate(0)
	w.wantSecrets(t, "when nothing is kept", map[string]bool{third: false, fourth: true})
	shown, err := w.Clients.Show(t.Context(), "orders")
	if err != nil || len(shown.Secrets) != 1 || !strings.HasSuffix(fourth, shown.Secrets[0].Hint) || shown.Secrets[0].SecretHash != "" {
		t.Errorf("shown are %+v (%v)", shown.Secrets, err)
	}
	if _, err := w.Clients.Rotate(t.Context(), "none", 0, audit.Operator{}); !errors.Is(err, client.ErrUnknown) {
		t.Errorf("an unknown client: %v", err)
	}
}

func TestRotationsAtOnceLeaveTwo(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(t, roomtest.On(t, fleettest.Database(t, engine)))
		const racers = 8
		secrets := make(chan string, racers)
		for _, err := range roomtest.Race(racers, func() error {
			s, err := w.Clients.Rotate(t.Context(), "orders", time.Hour, audit.Operator{})
			secrets <- s
			return err
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		alive := 0
		for range racers {
			if _, err := w.letIn(t, <-secrets); err == nil {
				alive++
			}
		}
		if alive != 2 {
			t.Errorf("%d secrets of %d are alive, want 2", alive, racers)
		}
	})
}

func TestADisabledClientIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(t, roomtest.On(t, fleettest.Database(t, engine)))
		before := w.granted(t, w.made.Secret)
		for _, err := range roomtest.Race(8, func() error { return w.Clients.Disable(t.Context(), "orders", audit.Operator{}) }) {
			if err != nil {
				t.Error(err)
			}
		}
		if n := w.Count(t, audit.KindClientDisabled); n != 1 {
			t.Errorf("%d of 8 racers disabled it", n)
		}
		w.wantSecrets(t, "disabled", map[string]bool{w.made.Secret: false})
		if w.lives(t, before) {
			t.Error("its token lives on")
		}
		if err := w.Clients.Enable(t.Context(), "orders", audit.Operator{}); err != nil {
			t.Fatal(err)
		}
		if w.lives(t, before) {
			t.Error("enabling it revives its token")
		}
		after := w.granted(t, w.made.Secret)
		if !w.lives(t, after) {
			t.Error("once it is enabled, its tokens do not count")
		}
		if err := w.Clients.Delete(t.Context(), "orders", audit.Operator{}); err != nil {
			t.Fatal(err)
		}
		if w.lives(t, after) {
			t.Error("the token of a deleted client lives on")
		}
		w.wantSecrets(t, "deleted", map[string]bool{w.made.Secret: false})
		again := worldIn(t, w.House)
		w.wantSecrets(t, "made again", map[string]bool{w.made.Secret: false, again.made.Secret: true})
		if w.lives(t, before) || w.lives(t, after) {
			t.Error("a client of the same name revives the tokens of the one before")
		}
		if !w.lives(t, again.granted(t, again.made.Secret)) {
			t.Error("the tokens of a client of the same name do not count")
		}
	})
}

// TestATokenReadBeforeTheClientWasDisabled has the client disabled between its proof
// and its token.
func TestATokenReadBeforeTheClientWasDisabled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c, err := w.letIn(t, w.made.Secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Clients.Disable(t.Context(), "orders", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(time.Minute)
	g, err := w.Clients.Grant(t.Context(), c, client.Asked{})
	if err != nil {
		t.Fatal(err)
	}
	if w.lives(t, g) || g.Claims.ExpiresAt.After(w.Clock.Now().Add(14*time.Minute)) {
		t.Errorf("the token counts, or outlives the entry: it expires at %v", g.Claims.ExpiresAt)
	}
}

func TestWhatNoClientMayBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	uuid := id.Random()
	for name, c := range map[string]struct {
		draft client.Draft
		field string
	}{
		"a user id":            {client.Draft{ClientID: uuid}, "client_id"},
		"one in capitals":      {client.Draft{ClientID: strings.ToUpper(uuid)}, "client_id"},
		"one without hyphens":  {client.Draft{ClientID: strings.ReplaceAll(uuid, "-", "")}, "client_id"},
		"one as a URN":         {client.Draft{ClientID: "urn:uuid:" + uuid}, "client_id"},
		"that of sign-ins":     {client.Draft{ClientID: "sallyport"}, "client_id"},
		"a space":              {client.Draft{ClientID: "a b"}, "client_id"},
		"no ASCII":             {client.Draft{ClientID: "größe"}, "client_id"},
		"an option":            {client.Draft{ClientID: "-x"}, "client_id"},
		"a long one":           {client.Draft{ClientID: strings.Repeat("a", 129)}, "client_id"},
		"the default audience": {client.Draft{Audiences: []string{api, "http://localhost:8080"}}, "audience"},
		"an empty audience":    {client.Draft{Audiences: []string{""}}, "audience"},
		"a comma":              {client.Draft{Audiences: []string{"a,b"}}, "audience"},
		"two scopes in one":    {client.Draft{Scopes: []string{"a b"}}, "scope"},
		"a quote":              {client.Draft{Scopes: []string{`a"`}}, "scope"},
		"another kind":         {client.Draft{Kind: "web"}, "kind"},
		"another method":       {client.Draft{AuthMethod: "none"}, "auth_method"},
		"no name":              {client.Draft{Name: " "}, "name"},
		"a name of two lines":  {client.Draft{Name: "a\nb"}, "name"},
	} {
		if c.draft.Name == "" {
			c.draft.Name = "x"
		}
		_, err := w.Clients.Make(t.Context(), c.draft, audit.Operator{})
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || !errors.Is(err, fault.ErrInvalidInput) || !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Field == c.field }) {
			t.Errorf("%s: %v, want a complaint about %s", name, err, c.field)
		}
	}
	if _, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", ClientID: "orders"}, audit.Operator{}); !errors.Is(err, client.ErrTaken) {
		t.Errorf("a client_id twice: %v", err)
	}
	for _, clientID := range []string{"https://api.example.com/v1", "a", strings.Repeat("a", 128)} {
		if _, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", ClientID: clientID}, audit.Operator{}); err != nil {
			t.Errorf("%.30s: %v", clientID, err)
		}
	}
}

func TestTheUseOfASecretIsWrittenOnceAMinute(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	use := func() time.Time {
		t.Helper()
		if _, err := w.letIn(t, w.made.Secret); err != nil {
			t.Fatal(err)
		}
		shown, err := w.Clients.Show(t.Context(), "orders")
		if err != nil {
			t.Fatal(err)
		}
		return shown.Secrets[0].LastUsedAt
	}
	before := w.Clock.Now()
	first := use()
	if first.Before(before.Truncate(time.Microsecond)) || first.After(w.Clock.Now()) {
		t.Errorf("it was used at %v, want %v", first, before)
	}
	w.Clock.Advance(50 * time.Second)
	if at := use(); !at.Equal(first) {
		t.Errorf("another use in the same minute was written: %v", at)
	}
	w.Clock.Advance(10 * time.Second)
	if at := use(); at.Sub(first) < time.Minute {
		t.Errorf("one a minute later was not: %v", at)
	}
}

func TestClientsAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list, err := w.Clients.List(t.Context(), store.Page{Limit: 10})
	if err != nil || len(list) != 1 || list[0].ClientID != "orders" {
		t.Errorf("listed are %+v (%v)", list, err)
	}
	if _, err := w.Clients.Show(t.Context(), "none"); !errors.Is(err, client.ErrUnknown) {
		t.Errorf("an unknown one: %v", err)
	}
	for what, change := range map[string]error{
		"disable": w.Clients.Disable(t.Context(), "none", audit.Operator{}),
		"enable":  w.Clients.Enable(t.Context(), "none", audit.Operator{}),
		"delete":  w.Clients.Delete(t.Context(), "none", audit.Operator{}),
	} {
		if !errors.Is(change, client.ErrUnknown) {
			t.Errorf("%s an unknown one: %v", what, change)
		}
	}
}

func TestWhereSignInsOfAClientMayEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for uri, good := range map[string]bool{
		"https://app.example.com/callback":                    true,
		"https://app.example.com:8443/a?b=c&d=%2C":            true,
		"http://localhost:3000/callback":                      true,
		"http://127.0.0.1/callback":                           true,
		"http://[::1]:3000/callback":                          true,
		"":                                                    false,
		"/callback":                                           false,
		"app.example.com/callback":                            false,
		"http://app.example.com/callback":                     false,
		"http://10.0.0.1/callback":                            false,
		"http://localhost.example.com/callback":               false,
		"https:///callback":                                   false,
		"https:callback":                                      false,
		"https://:443/callback":                               false,
		"https://ada@app.example.com/callback":                false,
		"https://app.example.com/callback#there":              false,
		"https://app.example.com/callback#":                   false,
		"https://app.example.com/a,b":                         false,
		"https://app.example.com/a b":                         false,
		"https://app.example.com/é":                           false,
		"HTTPS://app.example.com/callback":                    false,
		"javascript:alert(1)":                                 false,
		"com.example.app:/callback":                           false,
		"https://app.example.com/" + strings.Repeat("a", 500): false,
	} {
		made, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", RedirectURIs: []string{uri}, FirstParty: good}, audit.Operator{})
		if (err == nil) != good || err != nil && !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%.60q: %v, want it taken: %v", uri, err, good)
		}
		if err != nil {
			continue
		}
		shown, err := w.Clients.Show(t.Context(), made.ClientID)
		if err != nil || !slices.Equal(shown.RedirectURIs, []string{uri}) || !shown.FirstParty {
			t.Errorf("shown are %+v (%v), want %s", shown.Client, err, uri)
		}
	}
}
