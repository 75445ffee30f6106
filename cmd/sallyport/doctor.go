package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func doctorCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check database, mail, clock, keys and public URL, and say how to fix them",
		Args:  noArgs,
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, origins, err := p.settings(cmd)
		if err != nil {
			return err
		}
		findings := app.Examine(cmd.Context(), cfg, origins.Warnings)
		sick := false
		for _, f := range findings {
			sick = sick || f.State == app.Bad
		}
		if *asJSON {
			if err := printJSON(cmd.OutOrStdout(), findings); err != nil {
				return err
			}
		} else {
			for _, f := range findings {
				_, _ = fmt.Fprintf(cmd.OutOrStdout(), "%-4s  %-10s  %s\n", f.State, f.What, f.Says)
				if f.Mend != "" {
					_, _ = fmt.Fprintf(cmd.OutOrStdout(), "%-4s  %-10s  → %s\n", "", "", f.Mend)
				}
			}
		}
		if sick {
			return errReported
		}
		return nil
	}
	return cmd
}
