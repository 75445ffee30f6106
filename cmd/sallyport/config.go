package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/config"
)

func configCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print the settings in effect and where each came from",
		Long:  "Print the settings in effect and where each came from. Secrets are masked.",
		Args:  noArgs,
	}
	asJSON := addJSON(cmd)
	manual := cmd.Flags().Bool("manual", false, "print all settings as a commented YAML file instead")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		out := cmd.OutOrStdout()
		if *manual {
			return config.Manual(out)
		}
		cfg, origins, err := p.settings(cmd)
		if err != nil {
			return err
		}
		rows := config.Describe(cfg, origins)
		if *asJSON {
			return printJSON(out, rows)
		}
		lines := make([][]string, 0, len(rows))
		for _, row := range rows {
			lines = append(lines, []string{row.Name, row.Value, row.Origin})
		}
		if err := printTable(out, lines); err != nil {
			return err
		}
		for _, warning := range origins.Warnings {
			_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "warning: %s\n", warning)
		}
		return nil
	}
	return cmd
}
