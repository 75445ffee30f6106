package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func migrateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database's schema up to this version",
		Long:  "Bring the database's schema up to this version. serve does the same when it starts; running it twice is harmless.",
		Args:  noArgs,
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		from, to, err := app.Migrate(cmd.Context(), cfg)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd.OutOrStdout(), map[string]int64{"from": from, "to": to})
		}
		if from == to {
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The schema is at version %d already.\n", to)
		} else {
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The schema went from version %d to %d.\n", from, to)
		}
		return err
	}
	return cmd
}
