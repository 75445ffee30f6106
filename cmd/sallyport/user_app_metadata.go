package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
)

// maxAppMetadataFile is more than the server takes.
const maxAppMetadataFile = 64 << 10

func userAppMetadataCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "app-metadata USER [--set NAME=VALUE]... [--remove NAME]... [--replace FILE]",
		Short: "Show or change the app_metadata of a user",
		Long: "Show or change the app_metadata of a user: a JSON object that users cannot change. SALLYPORT_CLAIMS puts its\n" +
			"members into access tokens. Tokens have the new values from the next refresh on; sallyport user sign-out makes\n" +
			"them count at once.\n\n" +
			"A VALUE that is JSON is taken as such, any other as text.",
		Example: "  sallyport user app-metadata ada@example.com --set tenant=acme --set 'plan={\"seats\":12}' --remove trial",
		Args:    oneUser,
	}
	set := cmd.Flags().StringArray("set", nil, "a member to set (repeatable)")
	remove := cmd.Flags().StringArray("remove", nil, "a member to remove (repeatable)")
	file := cmd.Flags().String("replace", "", "a file with a JSON object in place of the whole; - is standard input")
	addJSON(cmd) // it is JSON in any case
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		change, err := p.readAppMetadata(*file, *set, *remove)
		if err != nil {
			return err
		}
		return p.atUsers(cmd, func(users *admin.Users) error {
			u, err := users.Find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			object := u.AppMetadata
			if len(*set)+len(*remove) > 0 || *file != "" {
				if object, err = users.ChangeAppMetadata(cmd.Context(), u.ID, change, audit.Operator{Machine: true}); err != nil {
					return err
				}
			}
			return printJSON(cmd.OutOrStdout(), json.RawMessage(cmp.Or(object, "{}")))
		})
	}
	return cmd
}

func (p process) readAppMetadata(file string, set, remove []string) (c admin.AppMetadata, err error) {
	c = admin.AppMetadata{Set: map[string]json.RawMessage{}, Remove: remove}
	for _, pair := range set {
		name, value, given := strings.Cut(pair, "=")
		if !given || name == "" {
			return c, usageError{errors.New("--set takes NAME=VALUE")}
		}
		c.Set[name] = json.RawMessage(value)
		if !json.Valid([]byte(value)) {
			if c.Set[name], err = json.Marshal(value); err != nil {
				return c, fmt.Errorf("write app_metadata: %w", err)
			}
		}
	}
	switch file {
	case "":
		return c, nil
	case "-":
		c.Replace, err = io.ReadAll(io.LimitReader(p.stdin, maxAppMetadataFile))
	default:
		c.Replace, err = os.ReadFile(file) //nolint:gosec // the operator names the file
	}
	if err != nil {
		return c, fmt.Errorf("read app_metadata: %w", err)
	}
	if len(c.Replace) == 0 {
		return c, usageError{errors.New("--replace needs a JSON object")}
	}
	return c, nil
}
