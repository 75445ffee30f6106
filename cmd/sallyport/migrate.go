package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func migrateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Upgrade the database schema to this version",
		Long:  "Upgrade the database schema to this version. serve does the same when it starts. Running it twice is harmless.",
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
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The schema is already at version %d.\n", to)
		} else {
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Upgraded the schema from version %d to %d.\n", from, to)
		}
		return err
	}
	return cmd
}
