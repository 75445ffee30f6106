package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
)

func roleCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "role", Short: "Manage roles and what they allow", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(roleListCommand(p), roleCreateCommand(p), roleDeleteCommand(p))
	return cmd
}

// atRoles reads the configuration and opens the room of roles for fn.
func (p process) atRoles(cmd *cobra.Command, fn func(*rbac.Roles) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithRoles(cmd.Context(), cfg, fn)
}

// roleRow is a role as programs read it.
type roleRow struct {
	Name        string   `json:"name"`
	BuiltIn     bool     `json:"built_in"`
	Permissions []string `json:"permissions"`
}

func newRoleRow(r rbac.Role) roleRow {
	return roleRow{Name: r.Name, BuiltIn: r.BuiltIn, Permissions: append([]string{}, r.Permissions...)}
}

func roleListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List roles and what they allow", Args: noArgs}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.atRoles(cmd, func(roles *rbac.Roles) error {
			all, err := roles.List(cmd.Context())
			if err != nil {
				return err
			}
			rows := make([]roleRow, 0, len(all))
			for _, r := range all {
				rows = append(rows, newRoleRow(r))
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), rows)
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			_, _ = fmt.Fprintln(table, "NAME\tBUILT IN\tPERMISSIONS")
			for _, r := range rows {
				_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", r.Name, map[bool]string{true: "yes", false: "no"}[r.BuiltIn], strings.Join(r.Permissions, " "))
			}
			return table.Flush()
		})
	}
	return cmd
}

func roleCreateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "create NAME [--permission PERMISSION]...",
		Short: "Create a role",
		Long: "Create a role. Permissions are words that your applications understand. Those that begin with admin: open actions\n" +
			"of the admin API; sallyport role list shows them at the built-in roles.",
		Example: "  sallyport role create editor --permission articles:read --permission articles:write",
		Args:    oneRole,
	}
	permissions := cmd.Flags().StringArray("permission", nil, "a permission that the role gives (repeatable)")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atRoles(cmd, func(roles *rbac.Roles) error {
			made, err := roles.Create(cmd.Context(), args[0], *permissions, audit.Operator{Machine: true})
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), newRoleRow(made))
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Created role %s.\n", made.Name)
			return err
		})
	}
	return cmd
}

func roleDeleteCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "delete NAME", Short: "Delete a role that no user has and no invitation offers",
		Long: "Delete a role that no user has and no invitation offers; sallyport user roles takes it from them. Built-in roles can't be deleted.",
		Args: oneRole,
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atRoles(cmd, func(roles *rbac.Roles) error {
			if err := roles.Delete(cmd.Context(), args[0], audit.Operator{Machine: true}); err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"name": args[0], "done": "deleted"})
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "Deleted role %s.\n", args[0])
			return err
		})
	}
	return cmd
}

// oneRole takes the role that a command is about.
func oneRole(cmd *cobra.Command, args []string) error {
	return oneArg("name one role")(cmd, args)
}
