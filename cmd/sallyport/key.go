package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/keys"
)

func keyCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "key", Short: "Manage the secret key and the keys that sign tokens", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(keyListCommand(p), keyRotateCommand(p), keyRewrapCommand(p))
	return cmd
}

// keyRow is a signing key as programs read it.
type keyRow struct {
	ID        string     `json:"kid"`
	Algorithm string     `json:"algorithm"`
	State     keys.State `json:"state"`
	CreatedAt time.Time  `json:"created_at"`
	ActiveAt  time.Time  `json:"active_at"`
	ExpiresAt time.Time  `json:"expires_at,omitzero"`
}

func keyListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List the keys that sign or verify access tokens, newest first", Args: noArgs}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		found, err := app.ListKeys(cmd.Context(), cfg)
		if err != nil {
			return err
		}
		return listing[keys.Listed]{
			none: "There are no signing keys yet: the first start of a server makes one.", header: "KID\tALGORITHM\tSTATE\tACTIVE FROM\tEXPIRES",
			cells: func(k keys.Listed) []string {
				return []string{k.ID, k.Algorithm, string(k.State), moment(k.ActiveAt, ""), moment(k.ExpiresAt, "")}
			},
			row: func(k keys.Listed) any { return keyRow(k) },
		}.print(cmd.OutOrStdout(), found, *asJSON)
	}
	return cmd
}

func keyRotateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rotate [--now | --revoke]",
		Short: "Replace the key that signs access tokens before its time",
		Long: "Replace the key that signs access tokens. Servers do that by themselves every 90 days.\n\n" +
			"Without a flag the new key is published now and signs in an hour, when every backend has read it. With --now it\n" +
			"signs at once; tokens of the old key stay valid until they expire.\n\n" +
			"With --revoke, for a key that was stolen, the new key signs at once and every older key is deleted: no access\n" +
			"token that exists is valid any more. Sessions go on, with a new token at their next refresh. Every server knows\n" +
			"within a minute; backends, when they read the keys again (guard: with the next page of the feed).",
		Args: noArgs,
	}
	now := cmd.Flags().Bool("now", false, "sign with the new key at once")
	revoke := cmd.Flags().Bool("revoke", false, "sign with the new key at once, and delete the old keys")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		urgency := keys.Announced
		switch {
		case *now && *revoke:
			return usageError{errors.New("give --now or --revoke: --revoke includes it")}
		case *now:
			urgency = keys.AtOnce
		case *revoke:
			urgency = keys.Revoking
		}
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		done, err := app.ReplaceKey(cmd.Context(), cfg, urgency, audit.Operator{Machine: true})
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd.OutOrStdout(), map[string]any{"kid": done.ID, "active_at": done.ActiveAt, "revoked": done.Revoked})
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "Key %s signs from %s.\n", done.ID, moment(done.ActiveAt, ""))
		if err == nil && *revoke {
			_, err = fmt.Fprintln(cmd.OutOrStdout(), "The old keys are deleted. Within a minute no token that they signed is valid on any server.")
		}
		return err
	}
	return cmd
}

func keyRewrapCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rewrap",
		Short: "Encrypt stored secrets with the newest secret key",
		Long: "Encrypt all stored secrets with the newest secret key. To replace a key: put the new key in front of the\n" +
			"old one in SALLYPORT_SECRET_KEY, restart, and run this command. Remove the old key when the sessions\n" +
			"that were opened with it have been refreshed or have ended.",
		Args: noArgs,
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
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
	return cmd
}
