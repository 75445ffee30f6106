package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

func serveCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the API and the pages, and run background jobs",
		Long: "Serve the API and the pages, and run background jobs. Without any settings it stores its data in one SQLite\n" +
			"file and shows mail at /dev/mailbox. With --workers 0 it leaves background jobs to sallyport worker.",
		Args: noArgs,
	}
	asJSON := addJSON(cmd)
	adopt := cmd.Flags().Bool("adopt", false, "use the SQLite file although it is not the one that this data folder used before")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, origins, err := p.settings(cmd)
		if err != nil {
			return err
		}
		if *adopt {
			if err := app.Adopt(cmd.Context(), cfg); errors.Is(err, app.ErrNotEmbedded) {
				return usageError{fmt.Errorf("--adopt: %w", err)}
			} else if err != nil {
				return fmt.Errorf("adopt the database: %w", err)
			}
		}
		ready := func(address string) { announce(p.stdout, cfg, address, p.again(cmd, "doctor")) }
		if *asJSON {
			ready = func(address string) {
				_ = json.NewEncoder(p.stdout).Encode(map[string]string{"ready": cfg.PublicURL, "listening": address})
			}
		}
		return p.start(cmd.Context(), cfg, origins, app.New, ready)
	}
	return cmd
}

// again is the call of another command that sees the same settings as this one.
func (p process) again(cmd *cobra.Command, other string) string {
	words := []string{p.name, other}
	for _, name := range []string{"data-dir", "config", "env-file"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			words = append(words, "--"+name, f.Value.String())
		}
	}
	return strings.Join(words, " ")
}

// start runs a process that goes on until it is told to stop.
func (p process) start(
	ctx context.Context, cfg config.Config, origins config.Origins,
	build func(context.Context, config.Config, app.Deps) (*app.App, error), ready func(address string),
) error {
	format := cfg.LogFormat
	if format == "" && onTerminal(p.stderr) {
		format = "text"
	}
	tally := &telemetry.Tally{}
	queue := telemetry.NewQueue(p.stderr, tally)
	defer queue.Close()
	log := telemetry.NewLogger(queue, telemetry.Options{Level: cfg.LogLevel, Format: format})
	queue.Say(func(lost uint64) { log.WarnContext(ctx, "lines of the log were lost", slog.Uint64("lines", lost)) })
	ctx, unheed := heed(ctx, log, onTerminal(p.stderr))
	defer unheed()
	for _, warning := range origins.Warnings {
		log.WarnContext(ctx, warning) //nolint:sloglint // written by config, without values
	}
	a, err := build(ctx, cfg, app.Deps{Log: log, Tally: tally, Version: version})
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	return a.Run(ctx, ready)
}

// announce says that the server is ready and, to a person, what to do next.
func announce(w io.Writer, cfg config.Config, address, doctor string) {
	_, _ = fmt.Fprintf(w, "Sallyport is ready at %s (listening on %s)\n", cfg.PublicURL, address)
	if !onTerminal(w) || !cfg.Embedded() {
		return
	}
	mailbox := "Mail goes to:            " + cfg.SMTPHost
	if cfg.MailboxOn() {
		mailbox = "Read the mail it sends:  " + app.MailboxURL(cfg)
	}
	_, _ = fmt.Fprintf(w, "\n  1. Try the API:             %s/docs\n  2. %s\n  3. Check your set-up:       %s\n\n",
		cfg.PublicURL, mailbox, doctor)
}
