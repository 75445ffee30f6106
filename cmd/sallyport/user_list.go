package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func userListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list [--after ID] [--limit N]", Short: "List users by id",
		Long: "List users by id. The last line of a full page is where the next begins: give it to --after.",
		Args: noArgs,
	}
	after := cmd.Flags().String("after", "", "start after this id")
	limit := cmd.Flags().Int("limit", 100, "maximum number of users")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *limit < 1 {
			return usageError{errors.New("--limit must be 1 or more")}
		}
		return p.atUsers(cmd, func(users *admin.Users) error {
			found, err := users.List(cmd.Context(), store.Page{After: *after, Limit: *limit})
			if err != nil {
				return err
			}
			return userListing().print(cmd.OutOrStdout(), found, *asJSON)
		})
	}
	return cmd
}

func userListing() listing[store.User] {
	return listing[store.User]{
		none: "There are no users.", header: "ID\tEMAIL\tNAME\tSTATUS\tROLES\tLAST SIGN-IN",
		cells: func(u store.User) []string {
			return []string{u.ID, u.Email, u.Name, string(u.Status), strings.Join(u.Roles, " "), moment(u.LastLoginAt, "never")}
		},
		row: func(u store.User) any { return newUserRow(u) },
	}
}

func userShowCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "show USER", Short: "Show a user, their factors and where they are signed in", Args: oneUser}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atUsers(cmd, func(users *admin.Users) error {
			u, err := users.Find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			devices, err := users.Devices(cmd.Context(), u.ID)
			if err != nil {
				return err
			}
			row := newUserRow(u)
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), struct {
					userRow

					Devices []deviceRow `json:"devices"`
				}{row, deviceRows(devices)})
			}
			return row.print(cmd.OutOrStdout(), devices)
		})
	}
	return cmd
}

// userRow is a user as programs read it.
type userRow struct {
	ID            string   `json:"id"`
	Email         string   `json:"email"`
	EmailVerified bool     `json:"email_verified"`
	Name          string   `json:"name"`
	Status        string   `json:"status"`
	Roles         []string `json:"roles"`
	Language      string   `json:"language,omitempty"`
	ExternalID    string   `json:"external_id,omitempty"`

	AppMetadata json.RawMessage `json:"app_metadata"`

	TOTP          bool      `json:"totp"`
	Passkeys      int64     `json:"passkeys"`
	RecoveryCodes int64     `json:"recovery_codes"`
	CreatedAt     time.Time `json:"created_at"`
	LastLoginAt   time.Time `json:"last_login_at,omitzero"`
}

func newUserRow(u store.User) userRow {
	return userRow{
		ID: u.ID, Email: u.Email, EmailVerified: !u.EmailVerifiedAt.IsZero(), Name: u.Name, Status: string(u.Status),
		Roles: append([]string{}, u.Roles...), Language: u.Language, ExternalID: u.ExternalID, AppMetadata: json.RawMessage(cmp.Or(u.AppMetadata, "{}")), TOTP: u.TOTP, Passkeys: u.Passkeys, RecoveryCodes: u.RecoveryCodes,
		CreatedAt: u.CreatedAt, LastLoginAt: u.LastLoginAt,
	}
}

// deviceRow is a session as programs read it.
type deviceRow struct {
	SessionID  string    `json:"session_id"`
	Name       string    `json:"name"`
	Address    string    `json:"address"`
	Place      string    `json:"place,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	LastSeenAt time.Time `json:"last_seen_at"`
}

func deviceRows(devices []session.Device) []deviceRow {
	rows := make([]deviceRow, 0, len(devices))
	for _, d := range devices {
		rows = append(rows, deviceRow{d.ID, d.Name, d.Address, d.Place, d.CreatedAt, d.LastSeenAt})
	}
	return rows
}

func (r userRow) print(w io.Writer, devices []session.Device) error {
	yesNo := map[bool]string{true: "yes", false: "no"}
	lines := [][]string{
		{"id", r.ID},
		{"email", r.Email},
		{"email verified", yesNo[r.EmailVerified]},
		{"name", r.Name},
		{"status", r.Status},
		{"roles", strings.Join(r.Roles, " ")},
		{"language", r.Language},
		{"external id", r.ExternalID},
		{"app_metadata", strings.TrimPrefix(string(r.AppMetadata), "{}")},
		{"authenticator app", yesNo[r.TOTP]},
		{"passkeys", strconv.FormatInt(r.Passkeys, 10)},
		{"recovery codes", strconv.FormatInt(r.RecoveryCodes, 10)},
		{"created", moment(r.CreatedAt, "")},
		{"last sign-in", moment(r.LastLoginAt, "never")},
	}
	for _, d := range devices {
		lines = append(lines, []string{"device", fmt.Sprintf("%s, %s, last seen %s", d.Name, strings.TrimSpace(d.Address+" "+d.Place), moment(d.LastSeenAt, ""))})
	}
	return printTable(w, lines)
}
