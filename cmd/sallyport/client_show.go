package main

import (
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/store"
)

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
			for _, k := range shown.Keys {
				row.Keys = append(row.Keys, clientKeyRow(k))
			}
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
			return clientListing().print(cmd.OutOrStdout(), found, *asJSON)
		})
	}
	return cmd
}

func clientListing() listing[store.Client] {
	return listing[store.Client]{
		none: "There are no clients.", header: "CLIENT ID\tNAME\tSTATE\tFIRST PARTY\tSCOPES\tAUDIENCES\tREDIRECT URIS",
		cells: func(c store.Client) []string {
			return []string{
				c.ClientID, c.Name, clientState(c), yesOrNo(c.FirstParty),
				strings.Join(c.Scopes, " "), strings.Join(c.Audiences, " "), strings.Join(c.RedirectURIs, " "),
			}
		},
		row: func(c store.Client) any { return newClientRow(c, nil) },
	}
}

func clientState(c store.Client) string {
	if c.DisabledAt.IsZero() {
		return "enabled"
	}
	return "disabled"
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// clientRow is a client as programs read it.
type clientRow struct {
	ClientID   string            `json:"client_id"`
	Secret     string            `json:"client_secret,omitempty"`
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	State      string            `json:"state"`
	FirstParty bool              `json:"first_party"`
	Scopes     []string          `json:"scopes"`
	Audiences  []string          `json:"audiences"`
	Redirects  []string          `json:"redirect_uris"`
	AuthMethod string            `json:"auth_method"`
	CreatedAt  time.Time         `json:"created_at"`
	DisabledAt time.Time         `json:"disabled_at,omitzero"`
	Secrets    []clientSecretRow `json:"secrets,omitempty"`
	Keys       []clientKeyRow    `json:"keys,omitempty"`
}

// clientKeyRow is what is told of a key.
type clientKeyRow struct {
	KeyID     string `json:"kid"`
	Algorithm string `json:"alg"`
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
		Audiences: append([]string{}, c.Audiences...), Redirects: append([]string{}, c.RedirectURIs...), FirstParty: c.FirstParty, AuthMethod: c.AuthMethod, CreatedAt: c.CreatedAt, DisabledAt: c.DisabledAt,
	}
	for _, s := range secrets {
		row.Secrets = append(row.Secrets, clientSecretRow{EndsIn: s.Hint, CreatedAt: s.CreatedAt, ExpiresAt: s.ExpiresAt, LastUsedAt: s.LastUsedAt})
	}
	return row
}

func (r clientRow) print(w io.Writer) error {
	lines := [][]string{
		{"client_id", r.ClientID},
		{"name", r.Name},
		{"kind", r.Kind},
		{"state", r.State},
		{"scopes", strings.Join(r.Scopes, " ")},
		{"audiences", strings.Join(r.Audiences, " ")},
		{"redirect URIs", strings.Join(r.Redirects, " ")},
		{"first party", yesOrNo(r.FirstParty)},
		{"authenticates by", r.AuthMethod},
		{"created", moment(r.CreatedAt, "")},
	}
	for _, secret := range r.Secrets {
		lines = append(lines, []string{"secret …" + secret.EndsIn, secret.told()})
	}
	for _, k := range r.Keys {
		lines = append(lines, []string{"key " + k.KeyID, k.Algorithm})
	}
	return printTable(w, lines)
}

func (r clientSecretRow) told() string {
	used := "never used"
	if !r.LastUsedAt.IsZero() {
		used = "used " + moment(r.LastUsedAt, "")
	}
	told := "made " + moment(r.CreatedAt, "") + ", " + used
	if !r.ExpiresAt.IsZero() {
		told += ", expires " + moment(r.ExpiresAt, "")
	}
	return told
}
