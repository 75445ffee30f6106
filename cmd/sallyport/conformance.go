package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/conformance"
)

func conformanceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "conformance URL [--mail URL] [--second URL] [--redis URL] [--only ROW]... [--without ROW]...",
		Short: "Try a running server from outside: races, replays, link scanners, enumeration",
		Long: "Try whether a running server keeps what an authentication server promises, row by row, over HTTP alone.\n" +
			"It guesses passwords, sends mail and loads the server: use one that nobody needs, with its limits off.\n" +
			"docs/conformance.md says what each row tries.",
		Example: "  sallyport conformance http://localhost:8080 --report report.md",
	}
	o := conformance.Options{Clock: clock.System{}}
	cmd.Flags().StringVar(&o.Mail, "mail", "", "where its mail can be read: Mailpit, MailHog or a mailbox.json of Sallyport (default: that of the server)")
	cmd.Flags().StringVar(&o.Second, "second", "", "another instance of the server, for logout everywhere")
	cmd.Flags().StringVar(&o.Redis, "redis", "", "the server's Redis database, which is wiped")
	cmd.Flags().StringVar(&o.Protected, "protected", "/auth/me", "a path whose GET needs an access token")
	cmd.Flags().StringArrayVar(&o.Only, "only", nil, "try this row alone (repeatable)")
	cmd.Flags().StringArrayVar(&o.Without, "without", nil, "leave this row out (repeatable)")
	cmd.Flags().DurationVar(&o.MaxWait, "max-wait", 2*time.Minute, "the longest wait for a rate limit, a rotation or an expiry")
	cmd.Flags().IntVar(&o.Samples, "samples", 60, "how many requests of each kind are timed")
	owned := cmd.Flags().Bool("i-own-this-server", false, "allow addresses that are not this computer")
	report := cmd.Flags().String("report", "", "also write a report in Markdown to this file")
	asJSON := addJSON(cmd)
	cmd.Args = oneArg("name one server by its URL")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.URL = args[0]
		if err := conformance.Agreed(*owned, o.URL, o.Second, o.Mail, o.Redis); err != nil {
			return usageError{err}
		}
		o.Progress = func(line string) { _, _ = fmt.Fprintln(cmd.ErrOrStderr(), line) }
		return tryServer(cmd.Context(), cmd, o, *report, *asJSON)
	}
	return cmd
}

// tryServer runs the rows and writes what came of them.
func tryServer(ctx context.Context, cmd *cobra.Command, o conformance.Options, report string, asJSON bool) error {
	result, err := conformance.Run(ctx, o)
	if err != nil {
		return err
	}
	if report != "" {
		if err := writeReport(report, result); err != nil {
			return err
		}
	}
	if asJSON {
		err = printJSON(cmd.OutOrStdout(), result)
	} else {
		err = result.Text(cmd.OutOrStdout())
	}
	if err == nil && !result.FullMarks() {
		return errReported
	}
	return err
}

func writeReport(name string, result conformance.Report) (err error) {
	file, err := os.Create(name) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return result.Markdown(file)
}
