package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit"
)

// changeUser is what a command does to a user.
type changeUser func(users *admin.Users, ctx context.Context, who string, c admin.Change) error

// atUsers reads the configuration and opens the room of users for fn.
func (p process) atUsers(cmd *cobra.Command, fn func(*admin.Users) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithUsers(cmd.Context(), cfg, fn)
}

// oneUser takes the user whom a command is about.
func oneUser(cmd *cobra.Command, args []string) error {
	return oneArg("name one user by the email address or the id")(cmd, args)
}

// userChangeCommand is a command that does one thing to a user.
func userChangeCommand(p process, verb, done, short string, change changeUser) *cobra.Command {
	cmd := &cobra.Command{Use: verb + " USER", Short: short, Args: oneUser}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atUsers(cmd, func(users *admin.Users) error {
			u, err := users.Find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := change(users, cmd.Context(), u.ID, admin.Change{By: audit.Operator{Machine: true}}); err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"id": u.ID, "done": strings.ToLower(done)})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s user %s (%s).\n", done, u.ID, u.Email)
			return err
		})
	}
	return cmd
}

func userRolesCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "roles USER [--add ROLE]... [--remove ROLE]...",
		Short:   "Show or change the roles of a user",
		Long:    "Show or change the roles of a user. Tokens carry roles, so a change signs the user out on all devices.",
		Example: "  sallyport user roles ada@example.com --add editor --remove admin",
		Args:    oneUser,
	}
	add := cmd.Flags().StringArray("add", nil, "a role to give (repeatable)")
	remove := cmd.Flags().StringArray("remove", nil, "a role to take away (repeatable)")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atUsers(cmd, func(users *admin.Users) error {
			u, err := users.Find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			roles := u.Roles
			if len(*add)+len(*remove) > 0 {
				if roles, err = users.ChangeRoles(cmd.Context(), u.ID, *add, *remove, admin.Change{By: audit.Operator{Machine: true}}); err != nil {
					return err
				}
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]any{"id": u.ID, "roles": append([]string{}, roles...)})
			}
			if len(roles) == 0 {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "User %s (%s) has no roles.\n", u.ID, u.Email)
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "User %s (%s) has the roles %s.\n", u.ID, u.Email, strings.Join(roles, ", "))
			return err
		})
	}
	return cmd
}
