package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func auditCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Read and verify the audit log", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(auditListCommand(p), auditVerifyCommand(p), auditProveCommand(p), auditExportCommand(p), auditKeyCommand(p), auditSealCommand(p), auditNewTreeCommand(p))
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
				if err := lines.Encode(seal.EventOf(e)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return cmd
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
