package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
)

func auditExportCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "export [FILE]", Short: "Export the whole audit log as JSON Lines",
		Long: "Export every event of the audit log with what proves it, as JSON Lines, to FILE or to standard output, as it is at\n" +
			"one moment; the server may run meanwhile. FILE must not exist yet, and only its owner may read it. \"sallyport audit verify --export FILE\" verifies it on any machine.\n" +
			"IP addresses, browsers and email addresses are not exported; events name users by their ids.",
		Example: "  sallyport audit export /safe/log.jsonl",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{fmt.Errorf("unexpected argument %q", args[1])}
			}
			return nil
		},
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		file := ""
		if len(args) == 1 {
			file = args[0]
		}
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			var progress func(int64)
			if file != "" && onTerminal(p.stderr) {
				progress = showExport(p.stderr, time.Now(), "events")
			}
			done, err := log.ExportTo(cmd.Context(), file, cmd.OutOrStdout(), progress)
			if progress != nil {
				_, _ = io.WriteString(p.stderr, "\r\x1b[K")
			}
			if err != nil || file == "" {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Exported to %s: %d sealed events, %d not yet sealed, %d signed heads.\n", file, done.Events, done.Unsealed, done.Heads)
			return err
		})
	}
	return cmd
}

func auditProveCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "prove EVENT", Short: "Prove one event to somebody who has the log's key",
		Long: "Print a proof that an event is in the audit log (C2SP tlog-proof): the event, the hashes that lead from it to the root\n" +
			"of the log, and a signed head. \"sallyport audit verify --proof FILE --key KEY\" verifies it on any machine. The event is\n" +
			"without IP address, browser and email address. \"sallyport audit list\" shows the ids of events.",
		Example: "  sallyport audit prove 019e2b1c-7a44-7c31-9d0e-51f2a6c3b8d0 > event.tlog-proof",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("name one event by its id")}
			}
			return nil
		},
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atAuditLog(cmd, func(log app.AuditLog) error {
			proof, err := log.Prove(cmd.Context(), args[0])
			if errors.Is(err, seal.ErrNotSealed) && log.Seal(cmd.Context()) == nil { // it may be about to be
				proof, err = log.Prove(cmd.Context(), args[0])
			}
			if err == nil {
				_, err = io.WriteString(cmd.OutOrStdout(), proof)
			}
			return err
		})
	}
	return cmd
}
