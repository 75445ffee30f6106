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
		Short: "Run background jobs only",
		Long: "Run background jobs only, such as sending mail, with the database and the secret key of sallyport serve.\n" +
			"SALLYPORT_WORKERS is the number of jobs that run at once. The worker answers /livez, /readyz and /metrics\n" +
			"at SALLYPORT_OPS_LISTEN. It needs a mail server, because it has no mailbox page.",
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
