package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
)

func workerCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Run background jobs and nothing else",
		Long: "Run background jobs, such as sending mail, and nothing else, on the database and with the secret key of\n" +
			"sallyport serve. SALLYPORT_WORKERS says how many at a time. It answers /livez, /readyz and /metrics at\n" +
			"SALLYPORT_OPS_LISTEN. It needs a mail server: nobody could see a mailbox page.",
		Args: noArgs,
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, origins, err := p.settings(cmd)
		if err != nil {
			return err
		}
		return p.start(cmd.Context(), cfg, origins, app.NewWorker, func(address string) {
			if *asJSON {
				_ = json.NewEncoder(p.stdout).Encode(map[string]string{"ready": "worker", "operations": address})
				return
			}
			_, _ = fmt.Fprintf(p.stdout, "Sallyport's worker is ready (operations on %s)\n", address)
		})
	}
	return cmd
}
