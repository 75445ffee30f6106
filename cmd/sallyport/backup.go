package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
)

func backupCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Back up the SQLite database while the server runs",
		Long: "Back up the SQLite database to FILE while the server runs. The backup is one consistent state. It is\n" +
			"verified before it gets its name, and only its owner can read it.\n\n" +
			"The backup does not contain the secret key. Keep secret.key (or SALLYPORT_SECRET_KEY) in another place:\n" +
			"without the key the backup is useless, and anyone with both can issue tokens.\n\n" +
			"For MySQL, MariaDB and PostgreSQL use mysqldump or pg_dump: docs/operations/backup.md.",
		Example: "  sallyport backup /var/backups/sallyport-$(date +%F).db",
		Args:    oneFile,
	}
	force := cmd.Flags().Bool("force", false, "replace FILE if it exists")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		var progress sqlitefile.Progress
		if onTerminal(p.stderr) && !*asJSON {
			progress = func(done, about int64) { showBytes(p.stderr, done, about) }
		}
		copied, err := app.Backup(cmd.Context(), cfg, args[0], *force, progress)
		if progress != nil {
			_, _ = fmt.Fprint(p.stderr, "\r\x1b[K")
		}
		switch {
		case errors.Is(err, app.ErrNotEmbedded):
			return usageError{errors.New("this copies SQLite files only; back MySQL and MariaDB up with mysqldump " +
				"--single-transaction and PostgreSQL with pg_dump, as docs/operations/backup.md says")}
		case errors.Is(err, sqlitefile.ErrExists):
			return fmt.Errorf("%w; --force replaces it", err)
		case err != nil:
			return err
		case *asJSON:
			return printJSON(cmd.OutOrStdout(), copied)
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "Copied the database to %s (%s, schema %d), and checked it.\n"+
			"The secret key is not in it: keep %s as well, in another place.\n",
			copied.File, bytes(copied.Bytes), copied.Schema, keyName(cfg.SecretKey != "", cfg.DataDir))
		return err
	}
	return cmd
}

// keyName says where the secret key is.
func keyName(configured bool, dataDir string) string {
	if configured {
		return "the value of SALLYPORT_SECRET_KEY"
	}
	return dataDir + "/secret.key"
}

// oneFile asks for one argument.
func oneFile(_ *cobra.Command, args []string) error {
	if len(args) != 1 || args[0] == "" {
		return usageError{fmt.Errorf("got %d arguments, want the name of one file", len(args))}
	}
	return nil
}

// showBytes draws one line of progress over the last.
func showBytes(w io.Writer, done, about int64) {
	percent := int64(100)
	if about > 0 {
		percent = 100 * done / about
	}
	_, _ = fmt.Fprintf(w, "\r\x1b[Kcopying: %s of about %s (%d %%)", bytes(done), bytes(about), percent)
}

// bytes is a size as people read it.
func bytes(n int64) string {
	switch {
	case n < 1<<20:
		return fmt.Sprintf("%d kB", (n+1023)>>10)
	case n < 1<<30:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	default:
		return fmt.Sprintf("%.2f GB", float64(n)/(1<<30))
	}
}
