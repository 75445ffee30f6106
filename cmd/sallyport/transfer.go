package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
	"github.com/sallyport-auth/sallyport/internal/store/transfer"
)

func transferCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "transfer --to URL",
		Short: "Copy all data to a database of another engine; users stay signed in",
		Long: "Copy all data from one database to another, of any engine, and compare the two. Sessions, tokens and\n" +
			"passwords keep working with the same secret key: pass it to the new server as SALLYPORT_SECRET_KEY.\n\n" +
			"Stop the server first. If the source changes during the copy, the command says so: run it again to copy\n" +
			"what has changed. An interrupted copy continues where it stopped. No server starts on the target before\n" +
			"the copy is complete and compared.\n\n" +
			"The source is left unchanged. Never serve from both: a session that is revoked in one database stays\n" +
			"alive in the other. docs/operations/moving.md describes the whole procedure.\n\n" +
			"@FILE in place of a URL reads it from a file, which keeps its password off the command line.",
		Example: "  sallyport transfer --to mysql://sallyport:secret@db.example.com/sallyport\n" +
			"  sallyport transfer --from sqlite:///var/lib/sallyport/sallyport.db --to @/run/secrets/database_url",
		Args: noArgs,
	}
	from := cmd.Flags().String("from", "", "database to copy (default: the configured one)")
	to := cmd.Flags().String("to", "", "database to copy to; a SQLite file is created")
	overwrite := cmd.Flags().Bool("overwrite", false, "delete existing data in the target")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		t, err := p.transfer(cmd, *from, *to)
		if err != nil {
			return err
		}
		t.Overwrite = *overwrite
		began := time.Now()
		if onTerminal(p.stderr) && !*asJSON {
			t.Progress = showRows(p.stderr, began)
		}
		result, err := t.Run(cmd.Context())
		if t.Progress != nil {
			_, _ = fmt.Fprint(p.stderr, "\r\x1b[K")
		}
		took := time.Since(began)
		switch {
		case errors.Is(err, transfer.ErrNotEmpty):
			return fmt.Errorf("%w; --overwrite deletes what it holds", err)
		case errors.Is(err, sqlitefile.ErrInUse):
			return fmt.Errorf("%w: stop the server, and whatever else has it open, first", err)
		case errors.Is(err, transfer.ErrChanged):
			return fmt.Errorf("%w: stop every server that uses it and run the same command again; what has changed is copied again", err)
		case errors.Is(err, transfer.ErrUnsealed):
			return fmt.Errorf("%w; stop every server, run \"sallyport audit seal\" on the source, and run this again", err)
		case errors.Is(err, transfer.ErrDiffers):
			return fmt.Errorf("%w: another process writes to it; run the transfer again", err)
		case err != nil:
			return err
		case *asJSON:
			return printJSON(cmd.OutOrStdout(), struct {
				transfer.Result
				Seconds float64 `json:"seconds"`
			}{result, took.Seconds()})
		}
		return tellTransferred(cmd.OutOrStdout(), result, took)
	}
	return cmd
}

// transfer reads the two URLs.
func (p process) transfer(cmd *cobra.Command, from, to string) (app.Transfer, error) {
	if to == "" {
		return app.Transfer{}, usageError{errors.New("--to is missing: the URL of the database to fill")}
	}
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return app.Transfer{}, err
	}
	from = cmp.Or(from, cfg.EffectiveDatabaseURL())
	for _, url := range []*string{&from, &to} {
		file, named := strings.CutPrefix(*url, "@")
		if !named {
			continue
		}
		text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
		if err != nil {
			return app.Transfer{}, usageError{fmt.Errorf("read a database URL: %w", err)}
		}
		*url = strings.TrimSpace(string(text))
	}
	return app.Transfer{From: from, To: to}, nil
}

// showRows draws one line of progress over the last.
func showRows(w io.Writer, began time.Time) func(transfer.Progress) {
	doing, since, before := "", began, int64(0)
	return func(p transfer.Progress) {
		now := time.Now()
		if p.Doing != doing {
			doing, since, before = p.Doing, now, p.Rows
		}
		rate := float64(p.Rows-before) / max(now.Sub(since).Seconds(), 0.001)
		left := ""
		if rate > 0 && p.Of > p.Rows && now.Sub(since) > time.Second {
			left = fmt.Sprintf(", %s left", time.Duration(float64(p.Of-p.Rows)/rate*float64(time.Second)).Round(time.Second))
		}
		_, _ = fmt.Fprintf(w, "\r\x1b[K%s: %d of %d rows (%s), %.0f rows/s%s", p.Doing, p.Rows, p.Of, p.Table, rate, left)
	}
}

func tellTransferred(w io.Writer, r transfer.Result, took time.Duration) error {
	for _, t := range r.Tables {
		_, _ = fmt.Fprintf(w, "%-18s %9d rows  %s\n", t.Table, t.Rows, t.Digest)
	}
	_, err := fmt.Fprintf(w, "\nBoth ends hold the same %d rows (%s", r.Rows, took.Round(time.Millisecond))
	if r.Resumed > 0 {
		_, err = fmt.Fprintf(w, "; %d were there from an earlier run", r.Resumed)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(w, ").\nStart the new place with SALLYPORT_DATABASE_URL set to the target and SALLYPORT_SECRET_KEY to the same secret key.\n"+
		"Nobody signs in again.\n\n"+
		"NEVER SERVE FROM BOTH: whatever was revoked at one would live on at the other. Put the source away.\n")
	return err
}
