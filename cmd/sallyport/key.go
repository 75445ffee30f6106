package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func keyCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "key", Short: "Look after the secret key", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	rewrap := &cobra.Command{
		Use:   "rewrap",
		Short: "Seal everything anew with the newest secret key",
		Long: "Seal everything anew with the newest secret key. To replace a key: put a new one in front of\n" +
			"SALLYPORT_SECRET_KEY, restart, run this. Take the old one out when the sessions that were opened\n" +
			"under it have been refreshed or have ended.",
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
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "Sealed %d values anew.\n", n)
		return err
	}
	cmd.AddCommand(rewrap)
	return cmd
}
