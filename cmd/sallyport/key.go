package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func keyCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "key", Short: "Manage the secret key", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	rewrap := &cobra.Command{
		Use:   "rewrap",
		Short: "Encrypt stored secrets with the newest secret key",
		Long: "Encrypt all stored secrets with the newest secret key. To replace a key: put the new key in front of the\n" +
			"old one in SALLYPORT_SECRET_KEY, restart, and run this command. Remove the old key when the sessions\n" +
			"that were opened with it have been refreshed or have ended.",
		Args: noArgs,
	}
	asJSON := addJSON(rewrap)
	rewrap.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		n, err := app.Rewrap(cmd.Context(), cfg)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd.OutOrStdout(), map[string]int{"sealed": n})
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "Encrypted %d values with the newest key.\n", n)
		return err
	}
	cmd.AddCommand(rewrap)
	return cmd
}
