package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
)

// changeClient is what a command does to a client.
type changeClient func(clients *client.Clients, ctx context.Context, clientID string, by audit.Operator) error

func clientCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "client", Short: "Manage clients: programs that may ask for tokens", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(
		clientCreateCommand(p), clientListCommand(p), clientShowCommand(p), clientRotateCommand(p), clientKeysCommand(p),
		clientChangeCommand(p, "disable", "Disabled", "Disable a client and revoke its tokens", (*client.Clients).Disable),
		clientChangeCommand(p, "enable", "Enabled", "Enable a disabled client; its old tokens stay revoked", (*client.Clients).Enable),
		clientChangeCommand(p, "delete", "Deleted", "Delete a client and revoke its tokens", (*client.Clients).Delete),
	)
	return cmd
}

// atClients reads the configuration and opens the room of clients for fn.
func (p process) atClients(cmd *cobra.Command, fn func(*client.Clients) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithClients(cmd.Context(), cfg, fn)
}

// oneClient takes the client_id that a command is about.
func oneClient(cmd *cobra.Command, args []string) error {
	return oneArg("name one client by its client_id")(cmd, args)
}

func clientCreateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "create --name NAME [--client-id ID] [--scope SCOPE]... [--audience AUDIENCE]... [--jwks FILE]",
		Short: "Create a client and show its secret, once",
		Long: "Create a client: a program that gets access tokens of its own from POST /oauth2/token. Its secret is shown\n" +
			"now and never again. With --jwks it has no secret: it proves who it is by a key of its own (private_key_jwt).",
		Example: "  sallyport client create --name Orders --client-id orders --scope orders:read --audience https://api.example.com",
		Args:    noArgs,
	}
	var d client.Draft
	cmd.Flags().StringVar(&d.Name, "name", "", "display name")
	cmd.Flags().StringVar(&d.ClientID, "client-id", "", "its client_id (default: random)")
	cmd.Flags().StringVar(&d.Kind, "kind", client.Machine, "machine: asks for tokens of its own")
	cmd.Flags().StringVar(&d.AuthMethod, "auth-method", "", "client_secret_basic, client_secret_post or private_key_jwt (default: client_secret_basic; with --jwks: private_key_jwt)")
	jwks := addJWKS(cmd)
	cmd.Flags().StringArrayVar(&d.Scopes, "scope", nil, "a scope that the client may have (repeatable)")
	cmd.Flags().StringArrayVar(&d.Audiences, "audience", nil, "an audience that its tokens may have (repeatable)")
	cmd.Flags().StringArrayVar(&d.RedirectURIs, "redirect-uri", nil, "an allowed redirect URI: https, or http to localhost (repeatable)")
	cmd.Flags().BoolVar(&d.FirstParty, "first-party", false, "a first-party client: your own program")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if d.Name == "" {
			return usageError{errors.New("--name is missing")}
		}
		var err error
		if d.JWKS, err = jwks(); err != nil {
			return err
		}
		return p.atClients(cmd, func(clients *client.Clients) error {
			made, err := clients.Make(cmd.Context(), d, audit.Operator{})
			if err != nil {
				return err
			}
			if *asJSON {
				row := newClientRow(made.Client, nil)
				row.Secret = made.Secret
				return printJSON(cmd.OutOrStdout(), row)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Created client %s.\n%s", made.ClientID, secretShown(made.Secret))
			return err
		})
	}
	return cmd
}

// secretShown tells people a secret, if there is one.
func secretShown(secret string) string {
	if secret == "" {
		return ""
	}
	return "Its secret (not shown again):\n" + secret + "\n"
}

func clientRotateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rotate CLIENT_ID [--keep DURATION]",
		Short: "Create a new secret and show it once",
		Long: "Create a new secret. The previous one stays valid for a while, so that you can replace it without\n" +
			"downtime; with --keep 0s it ends at once.",
		Args: oneClient,
	}
	keep := cmd.Flags().Duration("keep", client.KeepSecret, "how long the previous secret stays valid")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *keep < 0 {
			return usageError{errors.New("--keep must not be negative")}
		}
		return p.atClients(cmd, func(clients *client.Clients) error {
			secret, err := clients.Rotate(cmd.Context(), args[0], *keep, audit.Operator{})
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"client_id": args[0], "client_secret": secret})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Client %s has a new secret.\n%s", args[0], secretShown(secret))
			return err
		})
	}
	return cmd
}

// clientChangeCommand is a command that does one thing to a client.
func clientChangeCommand(p process, verb, done, short string, change changeClient) *cobra.Command {
	cmd := &cobra.Command{Use: verb + " CLIENT_ID", Short: short, Args: oneClient}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atClients(cmd, func(clients *client.Clients) error {
			if err := change(clients, cmd.Context(), args[0], audit.Operator{}); err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"client_id": args[0], "done": strings.ToLower(done)})
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s client %s.\n", done, args[0])
			return err
		})
	}
	return cmd
}
