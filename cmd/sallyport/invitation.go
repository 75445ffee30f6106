package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func invitationCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "invitation", Short: "List and withdraw invitations (sallyport user invite sends them)", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(invitationListCommand(p), invitationWithdrawCommand(p))
	return cmd
}

// atSignUps reads the configuration and opens the room of sign-ups for fn.
func (p process) atSignUps(cmd *cobra.Command, fn func(*signup.SignUps) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithSignUps(cmd.Context(), cfg, fn)
}

// invitationRow is an invitation as programs read it.
type invitationRow struct {
	ID        string    `json:"id"`
	Email     string    `json:"email"`
	State     string    `json:"state"`
	Roles     []string  `json:"roles"`
	InvitedBy string    `json:"invited_by,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

func newInvitationRow(up *signup.SignUps, i store.Invitation) invitationRow {
	return invitationRow{
		ID: i.ID, Email: i.Email, State: up.InvitationState(i), Roles: append([]string{}, i.Roles...), InvitedBy: i.InvitedBy,
		CreatedAt: i.CreatedAt.UTC(), ExpiresAt: i.ExpiresAt.UTC(),
	}
}

func userInviteCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "invite EMAIL [--role ROLE]... [--expires 7d]",
		Short: "Invite a person to create an account",
		Long: "Invite a person to create an account. Only the email contains the link; a running sallyport serve or worker sends it.\n" +
			"An earlier invitation of the same email address stops working.",
		Example: "  sallyport user invite ada@example.com --role editor --expires 3d",
		Args:    oneArg("name one email address"),
	}
	roles := cmd.Flags().StringArray("role", nil, "a role that the user will have (repeatable)")
	expires := cmd.Flags().String("expires", "7d", "how long the link works, from 1h to 90d")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ttl, err := config.ParseDuration(*expires)
		if err != nil || ttl < signup.MinInvitationTTL || ttl > signup.MaxInvitationTTL {
			return usageError{errors.New("--expires must be from 1h to 90d")}
		}
		return p.atSignUps(cmd, func(up *signup.SignUps) error {
			made, err := up.Invite(cmd.Context(), signup.Invite{Email: args[0], Roles: *roles, TTL: ttl, By: audit.Operator{Machine: true}})
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), newInvitationRow(up, made))
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Invited %s. The link works until %s (invitation %s).\n", made.Email, made.ExpiresAt.UTC().Format(time.RFC3339), made.ID)
			return err
		})
	}
	return cmd
}

// invitationPage is how many rows are read at once.
const invitationPage = 500

func invitationListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List invitations, the newest first", Args: noArgs,
		Long: "List invitations, the newest first. Those that ended stay until a week after they would have expired.",
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.atSignUps(cmd, func(up *signup.SignUps) error {
			rows := []invitationRow{}
			for page := (store.Page{Limit: invitationPage}); ; {
				list, err := up.Invitations(cmd.Context(), page)
				if err != nil {
					return err
				}
				for _, i := range list {
					rows, page.After = append(rows, newInvitationRow(up, i)), i.ID
				}
				if len(list) < invitationPage {
					break
				}
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), rows)
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			_, _ = fmt.Fprintln(table, "ID\tEMAIL\tSTATE\tEXPIRES\tROLES")
			for _, r := range rows {
				_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Email, r.State, r.ExpiresAt.Format(time.RFC3339), strings.Join(r.Roles, " "))
			}
			return table.Flush()
		})
	}
	return cmd
}

func invitationWithdrawCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "withdraw ID", Short: "Withdraw an invitation, so that its link stops working", Args: oneArg("name one invitation by its id"),
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atSignUps(cmd, func(up *signup.SignUps) error {
			if err := up.Withdraw(cmd.Context(), args[0], audit.Operator{Machine: true}); err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"id": args[0], "done": "withdrawn"})
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "Withdrew invitation %s.\n", args[0])
			return err
		})
	}
	return cmd
}
