package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

func userCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: "Manage users", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(
		userCreateCommand(p), userInviteCommand(p), userListCommand(p), userShowCommand(p), userRolesCommand(p), userAppMetadataCommand(p),
		userChangeCommand(p, "disable", "Disabled", "Disable a user and sign them out everywhere", (*admin.Users).Disable),
		userChangeCommand(p, "enable", "Enabled", "Let a disabled user sign in again", (*admin.Users).Enable),
		userChangeCommand(p, "sign-out", "Signed out", "Sign a user out on all devices", (*admin.Users).SignOut),
	)
	return cmd
}

func userCreateCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "create --email ADDRESS --password-stdin",
		Short: "Create a user",
		Long: "Create a user. The password is one line of standard input. Without --verified the user gets a mail with a\n" +
			"link that verifies the email address; a running sallyport serve or worker sends it.",
		Example: "  printf '%s' \"$PASSWORD\" | sallyport user create --email ada@example.com --password-stdin --admin --verified",
		Args:    noArgs,
	}
	email := cmd.Flags().String("email", "", "the user's email address")
	name := cmd.Flags().String("name", "", "display name")
	fromStdin := cmd.Flags().Bool("password-stdin", false, "read the password from standard input")
	asAdmin := cmd.Flags().Bool("admin", false, "add the role admin")
	asOwner := cmd.Flags().Bool("owner", false, "add the role owner, who may do everything; needs --verified")
	verified := cmd.Flags().Bool("verified", false, "mark the email address as verified")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *email == "" {
			return usageError{errors.New("--email is missing")}
		}
		if !*fromStdin {
			return usageError{errors.New("--password-stdin is missing: passwords are read from standard input only, " +
				"because other users of this machine can see arguments")}
		}
		if *asOwner && !*verified {
			return usageError{errors.New("--owner needs --verified: an account can lose an address that is not verified")}
		}
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		password, err := readLine(p.stdin)
		if err != nil {
			return err
		}
		c := signup.Create{Email: *email, Password: password, Name: *name, Verified: *verified}
		if *asAdmin {
			c.Roles = append(c.Roles, rbac.Admin)
		}
		if *asOwner {
			c.Roles = append(c.Roles, rbac.Owner)
		}
		u, err := app.CreateUser(cmd.Context(), cfg, c)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd.OutOrStdout(), map[string]any{
				"id": u.ID, "email": u.Email, "email_verified": !u.EmailVerifiedAt.IsZero(), "roles": append([]string{}, u.Roles...),
			})
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "Created user %s (%s).\n", u.ID, u.Email)
		return err
	}
	return cmd
}

// maxLine is more than any password we take.
const maxLine = 4096

// readLine reads one line without its end.
func readLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, maxLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read password: %w", err)
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", usageError{errors.New("standard input holds no password")}
	}
	return line, nil
}
