package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func exportCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Export all users as JSON Lines",
		Long: "Export every user and every role that you defined as JSON Lines to FILE, or to standard output, as they are\n" +
			"at one moment; the server may run meanwhile. \"sallyport import FILE\" brings them into another database of\n" +
			"Sallyport, with their ids, and other programs can read the file.\n\n" +
			"--secrets includes password hashes, recovery codes (as hashes) and the secrets of authenticator apps, which\n" +
			"are not encrypted in the file: a reader of it can make their codes. --secrets needs FILE, which only its owner\n" +
			"can read. Without --secrets, users ask for a new password where they are imported.\n\n" +
			"Sessions, links and the audit log are not exported: \"sallyport transfer\" moves everything.",
		Example: "  sallyport export users.jsonl\n" +
			"  sallyport export --secrets /secure/users.jsonl",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{fmt.Errorf("unexpected argument %q", args[1])}
			}
			return nil
		},
	}
	secrets := cmd.Flags().Bool("secrets", false, "include password hashes, recovery codes and authenticator app secrets")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		e := app.Export{Out: cmd.OutOrStdout(), Secrets: *secrets}
		if len(args) == 1 {
			e.File = args[0]
		}
		if e.Secrets && e.File == "" {
			return usageError{errors.New("--secrets needs FILE: secrets are written to a file that only its owner can read")}
		}
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		if e.File != "" && onTerminal(p.stderr) {
			e.Progress = showExport(p.stderr, time.Now(), "users")
		}
		done, err := e.Run(cmd.Context(), cfg)
		if e.Progress != nil {
			_, _ = fmt.Fprint(p.stderr, "\r\x1b[K")
		}
		if err != nil {
			return err
		}
		if done.Unopened > 0 {
			_, _ = fmt.Fprintf(p.stderr, "sallyport: %d authenticator apps are left out: no secret key decrypts them\n", done.Unopened)
		}
		if e.File == "" {
			return nil
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "Exported %d users and %d roles to %s.\n", done.Users, done.Roles, e.File)
		if err == nil && done.Secrets {
			_, err = fmt.Fprintln(cmd.OutOrStdout(), "The file holds secrets. Delete it once it is imported.")
		}
		return err
	}
	return cmd
}

// showExport draws one line of progress over the last.
func showExport(w io.Writer, began time.Time, what string) func(n int64) {
	return func(n int64) {
		_, _ = fmt.Fprintf(w, "\r\x1b[Kexport: %d %s, %.0f %s/s", n, what, float64(n)/max(time.Since(began).Seconds(), 0.001), what)
	}
}
