package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func auditCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Read and verify the audit log", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(auditListCommand(p), auditVerifyCommand(p), auditKeyCommand(p), auditSealCommand(p), auditNewTreeCommand(p))
	return cmd
}

// atAuditLog reads the configuration and opens the audit log for fn.
func (p process) atAuditLog(cmd *cobra.Command, fn func(app.AuditLog) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithAuditLog(cmd.Context(), cfg, fn)
}

func auditListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list [--user ID] [--kind KIND] [--limit N]", Short: "List audit events, newest first",
		Long: "List audit events, newest first. IP addresses, browsers and email addresses are not shown. The last line of a\n" +
			"full page is where the next begins: give it to --after. With --json, each event stands on a line of its own.",
		Args: noArgs,
	}
	var filter store.AuditFilter
	cmd.Flags().StringVar(&filter.UserID, "user", "", "only events of the user with this id")
	cmd.Flags().StringVar(&filter.Kind, "kind", "", "only events of this kind, such as session.opened")
	after := cmd.Flags().String("after", "", "start after this id")
	limit := cmd.Flags().Int("limit", 50, "maximum number of events")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *limit < 1 {
			return usageError{errors.New("--limit must be 1 or more")}
		}
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			found, err := log.Events.List(cmd.Context(), filter, store.Page{After: *after, Limit: *limit})
			if err != nil {
				return err
			}
			if !*asJSON {
				return printEvents(cmd.OutOrStdout(), found)
			}
			lines := json.NewEncoder(cmd.OutOrStdout())
			for _, e := range found {
				if err := lines.Encode(newEventRow(e)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return cmd
}

// eventRow is an event as programs read it, without its personal part.
type eventRow struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind"`
	Outcome     string    `json:"outcome"`
	Reason      string    `json:"reason,omitempty"`
	ActorID     string    `json:"actor_id,omitempty"`
	UserID      string    `json:"user_id,omitempty"`
	SessionHash string    `json:"session_hash,omitempty"`
	RequestID   string    `json:"request_id,omitempty"`
	Details     string    `json:"details"`
	Commitment  string    `json:"commitment,omitempty"`
	CreatedAt   time.Time `json:"created_at"`
}

func newEventRow(e store.AuditEvent) eventRow {
	return eventRow{
		ID: e.ID, Kind: e.Kind, Outcome: e.Outcome, Reason: e.Reason, ActorID: e.ActorID, UserID: e.UserID,
		SessionHash: e.SessionHash, RequestID: e.RequestID, Details: e.Details, Commitment: e.Commitment, CreatedAt: e.CreatedAt,
	}
}

func printEvents(w io.Writer, found []store.AuditEvent) error {
	if len(found) == 0 {
		_, err := fmt.Fprintln(w, "There are no such events.")
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "TIME\tKIND\tOUTCOME\tREASON\tUSER\tID")
	for _, e := range found {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", e.CreatedAt.Format(time.RFC3339), e.Kind, e.Outcome, e.Reason, e.UserID, e.ID)
	}
	return table.Flush()
}

// sealedWithin is when a server has sealed what it has recorded.
const sealedWithin = 3 * time.Second

// errNotVerified ends the command after the findings were printed.
var errNotVerified = errors.New("the audit log does not verify")

func auditVerifyCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "verify [--key KEY]... [--head FILE]...", Short: "Verify that the audit log was not changed",
		Long: "Compute the audit log anew and compare it with what is stored, and with signed heads that you kept elsewhere.\n" +
			"Without --key and --head, somebody with the database and the secret key can still have replaced the whole\n" +
			"log: the first line says so. Exits with 1 if anything is wrong. docs/operations/audit-log.md explains it.",
		Example: "  sallyport audit verify --key @/safe/audit.key --head /safe/heads/2026-11-30",
		Args:    noArgs,
	}
	keys := cmd.Flags().StringArray("key", nil, "the key that sallyport audit key showed; @FILE reads it from a file")
	files := cmd.Flags().StringArray("head", nil, "a file with a signed head that was kept elsewhere")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		given := seal.Given{}
		for _, key := range *keys {
			if file, named := strings.CutPrefix(key, "@"); named {
				text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
				if err != nil {
					return usageError{fmt.Errorf("read the key: %w", err)}
				}
				key = string(text)
			}
			given.Keys = append(given.Keys, strings.TrimSpace(key))
		}
		for _, file := range *files {
			text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
			if err != nil {
				return usageError{fmt.Errorf("read a head: %w", err)}
			}
			given.Heads = append(given.Heads, string(text))
		}
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			given.Retention = &log.Retention
			report, err := log.Verify(cmd.Context(), given)
			if err == nil && report.Waiting > 0 && clock.Sleep(cmd.Context(), sealedWithin) {
				report, err = log.Verify(cmd.Context(), given)
			}
			if err != nil {
				return err
			}
			if *asJSON {
				err = printJSON(cmd.OutOrStdout(), report)
			} else {
				err = tellVerified(cmd.OutOrStdout(), report)
			}
			if err == nil && len(report.Findings) > 0 {
				err = errNotVerified
			}
			return err
		})
	}
	return cmd
}

func tellVerified(out io.Writer, r seal.Report) error {
	w := new(strings.Builder)
	switch {
	case len(r.Findings) > 0:
		fmt.Fprintf(w, "NOT VERIFIED (findings: %d). First: %s.\n", len(r.Findings)+r.More, r.Findings[0].Says)
	case r.Proved:
		fmt.Fprintf(w, "Proved: the first %d of %d events are those of the given key and heads (%d).\n", r.ProvedEvents, r.Events, r.Given)
	default:
		fmt.Fprintln(w, "Consistent, but not proved: pass the --key and --head that you keep elsewhere.")
	}
	fmt.Fprintf(w, "Sealed: %d events in %d trees; %d heads agree. Not sealed yet: %d.\n", r.Events, r.Trees, r.Heads, r.Unsealed)
	fmt.Fprintf(w, "Dropped by retention or erasure: %d events, %d personal parts.\nKey: %s\n", r.Dropped, r.DroppedParts, r.Key)
	for _, notice := range r.Notices {
		fmt.Fprintf(w, "Notice: %s.\n", notice)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(w, "%s: %s.\n", f.What, f.Says)
	}
	if r.More > 0 {
		fmt.Fprintf(w, "... and %d more.\n", r.More)
	}
	_, err := io.WriteString(out, w.String())
	return err
}

func auditKeyCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "key", Short: "Show the key that verifies heads of the audit log",
		Long: "Show the key that verifies heads of the audit log. Store it where nobody with access to the\nserver or the database can change it.",
		Args: noArgs,
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			key, err := log.PublicKey(cmd.Context())
			if err == nil {
				_, err = fmt.Fprintln(cmd.OutOrStdout(), key)
			}
			return err
		})
	}
	return cmd
}

func auditSealCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "seal", Short: "Seal the events that a stopped server has left",
		Long: "Seal the events that a stopped server has left. A running server does this by itself.", Args: noArgs,
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			if err := log.Seal(cmd.Context()); err != nil {
				return err
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "Every event is sealed.")
			return err
		})
	}
	return cmd
}

func auditNewTreeCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "new-tree --reason TEXT", Short: "Start a new tree after the log was rewritten",
		Long: "Close the tree of the audit log and begin another, whose first event holds the reason. For a log that is no longer\n" +
			"sealed because a signed head does not fit it: run sallyport audit verify first. The reason is kept for good: name\n" +
			"no person in it.",
		Args: noArgs,
	}
	reason := cmd.Flags().String("reason", "", "why the log no longer matches its signed head")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *reason == "" || len(*reason) > 500 {
			return usageError{errors.New("--reason is missing, or longer than 500 bytes")}
		}
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			tree, err := log.NewTree(cmd.Context(), log.Trail, *reason)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Began tree %s.\n", tree.ID)
			return err
		})
	}
	return cmd
}
