package app

import (
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/egress"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/hook/httphook"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
)

// buildHooks builds the room of web hooks and the pool that delivers them. It is a
// pool of their own, woken within this process; what other processes commit, its poll
// finds.
func (a *App) buildHooks(sender hook.Sender, postman *mail.Postman, trail *audit.Trail) {
	a.hooks = hook.New(hook.Options{
		Store: a.store, Keyring: a.keyring, Postman: postman, Trail: trail, Clock: a.clock, Log: a.log, Sender: sender,
	})
	a.hookPool = jobs.New(jobs.Options{
		Store: a.store, Keyring: a.keyring, Handout: local.NewHandout(), Clock: a.clock, Log: a.log, Tally: a.tally,
		Workers: hook.Workers, Tracer: a.tracer,
	})
	a.hookPool.Handle(a.hooks.Handler())
	a.store.AfterCommit(a.hookPool.Committed)
}

// buildGate builds what asks web hooks before something happens, and gives what sends
// to all of them.
func (a *App) buildGate() (hook.Sender, error) {
	rules, err := egress.ParseRules(a.cfg.HooksAllow)
	if err != nil {
		return nil, err
	}
	sender := httphook.New(egress.New(egress.Options{Rules: rules, OwnPorts: ports(a.cfg.Listen, a.cfg.OpsListen), Timeout: hook.SendWithin}))
	a.gate = hook.NewGate(hook.GateOptions{
		Store: a.store, Keyring: a.keyring, Sender: sender, Clock: a.clock, Log: a.log, Tally: a.tally,
		AcceptSignUp: a.cfg.BeforeSignUpOutage == "accept", AcceptToken: a.cfg.BeforeTokenOutage == "accept",
	})
	return sender, nil
}

// deliveries is the task that sends web hooks.
func (a *App) deliveries() task {
	return task{name: "web hooks", run: a.hookPool.Run, canWait: true}
}

// ports are those of addresses to listen at.
func ports(addresses ...string) (list []uint16) {
	for _, address := range addresses {
		n, err := strconv.ParseUint(address[strings.LastIndexByte(address, ':')+1:], 10, 16)
		if err == nil && n > 0 {
			list = append(list, uint16(n))
		}
	}
	return list
}
