package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// changeClient is what a command does to a client.
type changeClient func(clients *client.Clients, ctx context.Context, clientID string, by client.Operator) error

func clientCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "client", Short: "Manage clients: programs that may ask for tokens", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(
		clientCreateCommand(p), clientListCommand(p), clientShowCommand(p), clientRotateCommand(p),
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
func oneClient(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageError{errors.New("name one client by its client_id")}
	}
	return nil
}

func clientCreateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "create --name NAME [--client-id ID] [--scope SCOPE]... [--audience AUDIENCE]...",
		Short: "Create a client and show its secret, once",
		Long: "Create a client: a program that gets access tokens of its own from POST /oauth2/token. Its secret is shown\n" +
			"now and never again.",
		Example: "  sallyport client create --name Orders --client-id orders --scope orders:read --audience https://api.example.com",
		Args:    noArgs,
	}
	var d client.Draft
	cmd.Flags().StringVar(&d.Name, "name", "", "display name")
	cmd.Flags().StringVar(&d.ClientID, "client-id", "", "its client_id (default: random)")
	cmd.Flags().StringVar(&d.Kind, "kind", client.Machine, "machine: asks for tokens of its own")
	cmd.Flags().StringVar(&d.AuthMethod, "auth-method", client.SecretBasic, "client_secret_basic or client_secret_post")
	cmd.Flags().StringArrayVar(&d.Scopes, "scope", nil, "a scope that the client may have (repeatable)")
	cmd.Flags().StringArrayVar(&d.Audiences, "audience", nil, "an audience that its tokens may have (repeatable)")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if d.Name == "" {
			return usageError{errors.New("--name is missing")}
		}
		return p.atClients(cmd, func(clients *client.Clients) error {
			made, err := clients.Make(cmd.Context(), d, client.Operator{})
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

// secretShown tells people a secret.
func secretShown(secret string) string {
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
			secret, err := clients.Rotate(cmd.Context(), args[0], *keep, client.Operator{})
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
			if err := change(clients, cmd.Context(), args[0], client.Operator{}); err != nil {
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

func clientShowCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "show CLIENT_ID", Short: "Show a client and when its secrets were used", Args: oneClient}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atClients(cmd, func(clients *client.Clients) error {
			shown, err := clients.Show(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			row := newClientRow(shown.Client, shown.Secrets)
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), row)
			}
			return row.print(cmd.OutOrStdout())
		})
	}
	return cmd
}

func clientListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "list [--after CLIENT_ID] [--limit N]", Short: "List clients by client_id", Args: noArgs}
	after := cmd.Flags().String("after", "", "start after this client_id")
	limit := cmd.Flags().Int("limit", 100, "maximum number of clients")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *limit < 1 {
			return usageError{errors.New("--limit must be 1 or more")}
		}
		return p.atClients(cmd, func(clients *client.Clients) error {
			found, err := clients.List(cmd.Context(), store.Page{After: *after, Limit: *limit})
			if err != nil {
				return err
			}
			if *asJSON {
				rows := make([]clientRow, 0, len(found))
				for _, c := range found {
					rows = append(rows, newClientRow(c, nil))
				}
				return printJSON(cmd.OutOrStdout(), rows)
			}
			return printClients(cmd.OutOrStdout(), found)
		})
	}
	return cmd
}

func printClients(w io.Writer, found []store.Client) error {
	if len(found) == 0 {
		_, err := fmt.Fprintln(w, "There are no clients.")
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "CLIENT ID\tNAME\tSTATE\tSCOPES\tAUDIENCES")
	for _, c := range found {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n",
			c.ClientID, c.Name, clientState(c), strings.Join(c.Scopes, " "), strings.Join(c.Audiences, " "))
	}
	return table.Flush()
}

func clientState(c store.Client) string {
	if c.DisabledAt.IsZero() {
		return "enabled"
	}
	return "disabled"
}

// clientRow is a client as programs read it.
type clientRow struct {
	ClientID   string            `json:"client_id"`
	Secret     string            `json:"client_secret,omitempty"`
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	State      string            `json:"state"`
	Scopes     []string          `json:"scopes"`
	Audiences  []string          `json:"audiences"`
	AuthMethod string            `json:"auth_method"`
	CreatedAt  time.Time         `json:"created_at"`
	DisabledAt time.Time         `json:"disabled_at,omitzero"`
	Secrets    []clientSecretRow `json:"secrets,omitempty"`
}

// clientSecretRow is what is told of a secret.
type clientSecretRow struct {
	EndsIn     string    `json:"ends_in"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at,omitzero"`
	LastUsedAt time.Time `json:"last_used_at,omitzero"`
}

func newClientRow(c store.Client, secrets []store.ClientSecret) clientRow {
	row := clientRow{
		ClientID: c.ClientID, Name: c.Name, Kind: c.Kind, State: clientState(c), Scopes: append([]string{}, c.Scopes...),
		Audiences: append([]string{}, c.Audiences...), AuthMethod: c.AuthMethod, CreatedAt: c.CreatedAt, DisabledAt: c.DisabledAt,
	}
	for _, s := range secrets {
		row.Secrets = append(row.Secrets, clientSecretRow{EndsIn: s.Hint, CreatedAt: s.CreatedAt, ExpiresAt: s.ExpiresAt, LastUsedAt: s.LastUsedAt})
	}
	return row
}

func (r clientRow) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, line := range [][2]string{
		{"client_id", r.ClientID},
		{"name", r.Name},
		{"kind", r.Kind},
		{"state", r.State},
		{"scopes", strings.Join(r.Scopes, " ")},
		{"audiences", strings.Join(r.Audiences, " ")},
		{"authenticates by", r.AuthMethod},
		{"created", r.CreatedAt.Format(time.RFC3339)},
	} {
		_, _ = fmt.Fprintf(table, "%s\t%s\n", line[0], line[1])
	}
	for _, s := range r.Secrets {
		told := "made " + s.CreatedAt.Format(time.RFC3339)
		if s.LastUsedAt.IsZero() {
			told += ", never used"
		} else {
			told += ", used " + s.LastUsedAt.Format(time.RFC3339)
		}
		if !s.ExpiresAt.IsZero() {
			told += ", expires " + s.ExpiresAt.Format(time.RFC3339)
		}
		_, _ = fmt.Fprintf(table, "secret …%s\t%s\n", s.EndsIn, told)
	}
	return table.Flush()
}
