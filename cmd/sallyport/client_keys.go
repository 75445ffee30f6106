package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
)

// maxJWKS bounds the file of a JWK set, in bytes.
const maxJWKS = 64 << 10

// addJWKS adds the flag that names the file of a JWK set, and gives what reads it:
// nothing if it is not named.
func addJWKS(cmd *cobra.Command) (read func() ([]byte, error)) {
	name := cmd.Flags().String("jwks", "", "file with its public keys as a JWK set, for private_key_jwt")
	return func() ([]byte, error) {
		if *name == "" {
			return nil, nil
		}
		file, err := os.Open(*name)
		if err != nil {
			return nil, fmt.Errorf("read JWK set: %w", err)
		}
		defer func() { _ = file.Close() }()
		text, err := io.ReadAll(io.LimitReader(file, maxJWKS+1))
		if err != nil {
			return nil, fmt.Errorf("read JWK set: %w", err)
		}
		if len(text) == 0 || len(text) > maxJWKS {
			return nil, fmt.Errorf("%s is empty or larger than 64 KiB", *name)
		}
		return text, nil
	}
}

func clientKeysCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys CLIENT_ID --jwks FILE",
		Short: "Replace the public keys of a client",
		Long: "Replace the public keys of a client with private_key_jwt. The previous ones stop counting at once: to rotate\n" +
			"without downtime, give the new key beside the old one, and take the old one away later.",
		Example: "  sallyport client keys batch --jwks batch.jwks.json",
		Args:    oneClient,
	}
	jwks := addJWKS(cmd)
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		text, err := jwks()
		if err != nil {
			return err
		}
		if text == nil {
			return usageError{errors.New("--jwks is missing")}
		}
		return p.atClients(cmd, func(clients *client.Clients) error {
			if err := clients.Keys(cmd.Context(), args[0], text, audit.Operator{}); err != nil {
				return err
			}
			if *asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]string{"client_id": args[0], "done": "replaced"})
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "Replaced the keys of client %s.\n", args[0])
			return err
		})
	}
	return cmd
}
