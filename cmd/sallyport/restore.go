package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/restore"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
)

func restoreCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "restore FILE | --mark",
		Short: "Restore a backup of the SQLite database; everyone is signed out",
		Long: "Restore a backup of the SQLite database. Stop the server first, and put the secret key of the backup where\n" +
			"the server reads it.\n\n" +
			"Afterwards everyone is signed out: tokens that were issued and links that were mailed before no longer\n" +
			"work. Users, passwords, roles and status are those of the backup. Check who was disabled, or changed\n" +
			"their password, after it was made.\n\n" +
			"An existing database is replaced only with --force, and is kept under another name.\n\n" +
			"For MySQL, MariaDB and PostgreSQL: stop every instance, load the dump, run \"sallyport restore --mark\",\n" +
			"start the instances: docs/operations/backup.md.",
		Example: "  sallyport restore /var/backups/sallyport.db --force\n  sallyport restore --mark",
	}
	force := cmd.Flags().Bool("force", false, "replace the existing database, and keep it under another name")
	mark := cmd.Flags().Bool("mark", false, "sign everyone out after a dump was loaded by other means")
	asJSON := addJSON(cmd)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if !*mark {
			return oneFile(cmd, args)
		}
		if len(args) > 0 || *force {
			return usageError{errors.New("--mark takes no file and no --force: it marks the configured database")}
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		var done app.Restored
		if *mark {
			done, err = app.Mark(cmd.Context(), cfg)
		} else {
			done, err = app.Restore(cmd.Context(), cfg, args[0], *force)
		}
		switch {
		case errors.Is(err, app.ErrNotEmbedded):
			return usageError{errors.New("this puts SQLite files in place only; load a dump with the tools of the server, " +
				"then run sallyport restore --mark, as docs/operations/backup.md says")}
		case errors.Is(err, sqlitefile.ErrInUse):
			return fmt.Errorf("%w: stop the server, and whatever else has it open, first", err)
		case errors.Is(err, sqlitefile.ErrExists):
			return fmt.Errorf("%w; --force replaces it and keeps it under another name", err)
		case err != nil:
			return err
		case *asJSON:
			return printJSON(cmd.OutOrStdout(), done)
		}
		return tellRestored(cmd.OutOrStdout(), done)
	}
	return cmd
}

func tellRestored(w io.Writer, done app.Restored) error {
	if done.Database == "" {
		_, _ = fmt.Fprintf(w, "Marked the database as restored.\n")
	} else {
		_, _ = fmt.Fprintf(w, "Restored %s (schema %d).\n", done.Database, done.Schema)
	}
	if done.Kept != "" {
		_, _ = fmt.Fprintf(w, "The old database is kept as %s: delete it when you do not need it.\n", done.Kept)
	}
	return tellForgotten(w, done.Report)
}

func tellForgotten(w io.Writer, r restore.Report) error {
	_, err := fmt.Fprintf(w, "%d users must sign in again: %d sessions ended, %d one-time tokens and %d pending sign-ups are void,\n"+
		"%d invitations are void, %d jobs were dropped, %d signing keys were deleted, %d deletions of users were put off.\n"+
		"Users, passwords, roles and status are those of the backup: see docs/operations/backup.md for what to look at.\n",
		r.Users, r.SessionsEnded, r.TokensConsumed, r.SignupsSuperseded, r.InvitationsEnded, r.JobsDropped, r.KeysDropped, r.DeletionsPutOff)
	return err
}
