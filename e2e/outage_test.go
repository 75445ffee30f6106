package e2e_test

import (
	"slices"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// outage is something that breaks between people who sign out and the backends that
// are to refuse them.
type outage struct {
	name  string
	begin func(t *testing.T)
	end   func(t *testing.T)
	// cutsOff says that backends hear nothing from begin to end, so that each is to
	// say so once its knowledge is too old.
	cutsOff bool
	// canSignOut says that people can sign out meanwhile.
	canSignOut bool
}

// TestNoOutageRevivesATokenInAnotherProgram breaks the embedded form's server, and
// the network to it, under backends in each language.
func TestNoOutageRevivesATokenInAnotherProgram(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, append(cheapHash, quiet)...)
	network := fleettest.StartProxy(t, w.server.Address)
	all := startWitnesses(t, w, "http://"+network.Addr)
	at := w.server.Address
	for _, o := range []outage{
		{"the server is killed and starts again", func(t *testing.T) {
			all.unheard(t, network, w.server.Kill)
		}, func(*testing.T) { // t is the whole test's, at whose end the server ends
			w.start(t, apptest.Options{DataDir: w.server.DataDir, Env: slices.Concat(w.env, cheapHash, []string{quiet, "SALLYPORT_LISTEN=" + at})})
		}, true, false},
		{
			"the network is cut",
			func(*testing.T) { network.Refuse(true); network.Cut() },
			func(*testing.T) { network.Refuse(false) },
			true, true,
		},
		{
			"the network falls silent",
			func(*testing.T) { network.Silence(true) },
			func(*testing.T) { network.Silence(false) },
			true, true,
		},
	} {
		t.Run(o.name, func(t *testing.T) { all.endure(t, o) })
	}
}

// TestClusterNoOutageRevivesATokenInAnotherProgram breaks what the clustered form
// stands on, under backends in each language.
func TestClusterNoOutageRevivesATokenInAnotherProgram(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, quiet)})
	network := fleettest.StartProxy(t, c.nginx.Addr)
	all := startWitnesses(t, c.world, "http://"+network.Addr)
	must := func(act func() error) func(*testing.T) {
		return func(t *testing.T) {
			t.Helper()
			if err := act(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, o := range []outage{
		{"Redis forgets everything", must(func() error { return c.redis.FlushAll(t.Context()) }), func(*testing.T) {}, false, true},
		{
			"Redis is killed and starts again",
			func(*testing.T) { c.redis.Kill() },
			must(func() error { return c.redis.Restart(t.Context()) }),
			false, true,
		},
		{"both instances are killed and start again", func(t *testing.T) {
			all.unheard(t, network, func() {
				for _, p := range c.instances {
					p.Kill()
				}
			})
		}, func(*testing.T) { // as above
			for n, was := range c.instances {
				env := slices.Concat(c.env, []string{"SALLYPORT_WORKERS=0", "SALLYPORT_LISTEN=" + was.Address})
				c.instances[n] = apptest.Start(t, apptest.Options{DataDir: was.DataDir, Env: env})
			}
		}, true, false},
	} {
		t.Run(o.name, func(t *testing.T) { all.endure(t, o) })
	}
}

// unheard has somebody sign out and the servers end before a backend hears of it.
func (a *witnesses) unheard(t *testing.T, network *fleet.Proxy, end func()) {
	t.Helper()
	network.Silence(true)
	a.signOut(t)
	end()
	network.Cut()
	network.Silence(false)
}
