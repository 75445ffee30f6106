package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/jobs"
)

// changeHook is what a command does to an endpoint.
type changeHook func(hooks *hook.Hooks, ctx context.Context, hookID string) error

func hookCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "hook", Short: "Manage web hooks: URLs that are told of events", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(
		hookAddCommand(p), hookListCommand(p), hookTestCommand(p), hookRetryCommand(p), hookRotateCommand(p),
		hookChangeCommand(p, "enable", "Enabled", "Switch a web hook on again", (*hook.Hooks).Enable),
		hookChangeCommand(p, "disable", "Disabled", "Switch a web hook off; what waits for it is not sent", (*hook.Hooks).Disable),
		hookChangeCommand(p, "remove", "Removed", "Remove a web hook, and what waits for it", (*hook.Hooks).Remove),
	)
	return cmd
}

// atHooks reads the configuration and opens the room of web hooks for fn.
func (p process) atHooks(cmd *cobra.Command, fn func(*hook.Hooks, *jobs.Desk) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithHooks(cmd.Context(), cfg, fn)
}

// oneHook takes the id of the endpoint that a command is about.
func oneHook(cmd *cobra.Command, args []string) error {
	return oneArg("name one web hook by its id: sallyport hook list")(cmd, args)
}

// addScheme adds the flag that chooses how messages are signed.
func addScheme(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("ed25519", false, "sign with a key pair (v1a) and show its public key; otherwise with a shared secret (v1)")
}

func schemeOf(ed25519 bool) string {
	if ed25519 {
		return hook.SchemeEd25519
	}
	return hook.SchemeHMAC
}

func hookAddCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add --url URL [--kind KIND]... [--ordered] [--before-sign-up] [--before-token] [--owner EMAIL] [--ed25519]",
		Short: "Add a web hook and show its secret, once",
		Long: "Add a web hook: a URL that gets a signed message for each event that is committed from now on. Its secret is\n" +
			"shown now and never again. docs/webhooks.md lists the kinds of events.\n\n" +
			"With --before-sign-up or --before-token it gets no events: it is asked before each sign-up, or before each token,\n" +
			"and can say no. Running servers ask it within 5 s.",
		Example: "  sallyport hook add --url https://app.example.com/hooks --kind user.created --kind user.erased --owner ops@example.com\n" +
			"  sallyport hook add --url https://app.example.com/ask --before-sign-up",
		Args: noArgs,
	}
	var d hook.Draft
	cmd.Flags().StringVar(&d.URL, "url", "", "where messages are sent")
	cmd.Flags().StringArrayVar(&d.Kinds, "kind", nil, "a kind of event to send (repeatable; default: all)")
	cmd.Flags().BoolVar(&d.Ordered, "ordered", false, "send the events of each user one after another")
	cmd.Flags().StringVar(&d.OwnerEmail, "owner", "", "the email address to tell when the web hook is switched off because it fails")
	signUp := cmd.Flags().Bool("before-sign-up", false, "ask before each sign-up, in place of sending events")
	tokens := cmd.Flags().Bool("before-token", false, "ask before each sign-in and refresh, in place of sending events")
	pair, asJSON := addScheme(cmd), addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if d.URL == "" {
			return usageError{errors.New("--url is missing")}
		}
		if asked := questions(*signUp, *tokens); len(asked) > 0 {
			if len(d.Kinds) > 0 || d.Ordered {
				return usageError{errors.New("a web hook that is asked gets no events: leave --kind and --ordered out")}
			}
			d.Kinds = asked
		}
		d.Scheme = schemeOf(*pair)
		return p.atHooks(cmd, func(hooks *hook.Hooks, _ *jobs.Desk) error {
			added, err := hooks.Add(cmd.Context(), d)
			if err != nil {
				return err
			}
			if *asJSON {
				row := newHookRow(hook.Shown{HookEndpoint: added.HookEndpoint})
				row.Key = added.Key
				return printJSON(cmd.OutOrStdout(), row)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Added web hook %s.\n%s", added.ID, keyShown(added.Key, *pair))
			return err
		})
	}
	return cmd
}

// questions are the kinds of what a web hook is asked.
func questions(signUp, tokens bool) (kinds []string) {
	if signUp {
		kinds = append(kinds, hook.BeforeSignUp)
	}
	if tokens {
		kinds = append(kinds, hook.BeforeToken)
	}
	return kinds
}

// keyShown tells people what the receiver needs.
func keyShown(key string, pair bool) string {
	if pair {
		return "Its public key:\n" + key + "\n"
	}
	return secretShown(key)
}

func hookListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List web hooks and what has not arrived", Args: noArgs}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.atHooks(cmd, func(hooks *hook.Hooks, _ *jobs.Desk) error {
			found, err := hooks.List(cmd.Context())
			if err != nil {
				return err
			}
			return hookListing().print(cmd.OutOrStdout(), found, *asJSON)
		})
	}
	return cmd
}

func hookListing() listing[hook.Shown] {
	return listing[hook.Shown]{
		none: "There are no web hooks.", header: "ID\tURL\tSTATE\tWAITING\tDEAD\tKINDS",
		cells: func(s hook.Shown) []string {
			kinds := cmp.Or(strings.Join(s.Kinds, " "), "all")
			return []string{s.ID, s.URL, hookState(s), strconv.FormatInt(s.Waiting, 10), strconv.FormatInt(s.Dead, 10), kinds}
		},
		row: func(s hook.Shown) any { return newHookRow(s) },
	}
}

func hookState(s hook.Shown) string {
	switch {
	case !s.DisabledAt.IsZero():
		return "disabled"
	case !s.FailingSince.IsZero():
		return "failing since " + moment(s.FailingSince, "")
	}
	return "enabled"
}

func hookTestCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "test ID", Short: "Send a test message now and show the answer", Args: oneHook}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atHooks(cmd, func(hooks *hook.Hooks, _ *jobs.Desk) error {
			answer, err := hooks.Test(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]any{"id": args[0], "status": answer.Status})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The web hook answered %d.\n", answer.Status)
			return err
		})
	}
	return cmd
}

func hookRetryCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "retry ID", Short: "Send again what was given up", Args: oneHook}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atHooks(cmd, func(hooks *hook.Hooks, desk *jobs.Desk) error {
			n, err := hooks.Retry(cmd.Context(), args[0], desk.RunAgain)
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]any{"id": args[0], "retried": n})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d messages are sent again.\n", n)
			return err
		})
	}
	return cmd
}

func hookRotateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rotate ID [--keep DURATION] [--ed25519]",
		Short: "Create a new secret and show it once",
		Long: "Create a new secret. For a while, messages are signed with the previous one as well, so that you can replace\n" +
			"it without downtime; with --keep 0s it ends at once.",
		Args: oneHook,
	}
	keep := cmd.Flags().Duration("keep", hook.KeepSecret, "how long the previous secret signs as well")
	pair, asJSON := addScheme(cmd), addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *keep < 0 {
			return usageError{errors.New("--keep must not be negative")}
		}
		return p.atHooks(cmd, func(hooks *hook.Hooks, _ *jobs.Desk) error {
			key, err := hooks.Rotate(cmd.Context(), args[0], schemeOf(*pair), *keep)
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"id": args[0], "key": key})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Web hook %s has a new secret.\n%s", args[0], keyShown(key, *pair))
			return err
		})
	}
	return cmd
}

// hookChangeCommand is a command that does one thing to an endpoint.
func hookChangeCommand(p process, verb, done, short string, change changeHook) *cobra.Command {
	cmd := &cobra.Command{Use: verb + " ID", Short: short, Args: oneHook}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atHooks(cmd, func(hooks *hook.Hooks, _ *jobs.Desk) error {
			if err := change(hooks, cmd.Context(), args[0]); err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"id": args[0], "done": strings.ToLower(done)})
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s web hook %s.\n", done, args[0])
			return err
		})
	}
	return cmd
}

// hookRow is an endpoint as programs read it.
type hookRow struct {
	ID           string    `json:"id"`
	Key          string    `json:"key,omitempty"`
	URL          string    `json:"url"`
	Kinds        []string  `json:"kinds"`
	Ordered      bool      `json:"ordered"`
	Owner        string    `json:"owner,omitempty"`
	Waiting      int64     `json:"waiting"`
	Dead         int64     `json:"dead"`
	CreatedAt    time.Time `json:"created_at"`
	DisabledAt   time.Time `json:"disabled_at,omitzero"`
	FailingSince time.Time `json:"failing_since,omitzero"`
}

func newHookRow(s hook.Shown) hookRow {
	return hookRow{
		ID: s.ID, URL: s.URL, Kinds: append([]string{}, s.Kinds...), Ordered: s.Ordered, Owner: s.OwnerEmail, Waiting: s.Waiting, Dead: s.Dead,
		CreatedAt: s.CreatedAt, DisabledAt: s.DisabledAt, FailingSince: s.FailingSince,
	}
}
