package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func jobCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "job", Short: "Manage background jobs", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(jobListCommand(p), jobShowCommand(p), jobRetryCommand(p))
	return cmd
}

// jobStates are the words of --state, what waits for an operator first.
func jobStates() []store.JobState {
	return []store.JobState{store.JobDead, store.JobReady, store.JobRunning, store.JobDone}
}

func jobListCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list [--state STATE] [--limit N]",
		Short: "List jobs, newest first",
		Long:  "List dead jobs, or the jobs in another state, newest first. Email addresses and secrets are not shown.",
		Args:  noArgs,
	}
	state := cmd.Flags().String("state", string(store.JobDead), "dead, ready, running or done")
	limit := cmd.Flags().Int("limit", 50, "maximum number of jobs")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !slices.Contains(jobStates(), store.JobState(*state)) {
			return usageError{errors.New("--state must be dead, ready, running or done")}
		}
		if *limit < 1 {
			return usageError{errors.New("--limit must be 1 or more")}
		}
		return p.atDesk(cmd, func(desk *jobs.Desk) error {
			found, err := desk.List(cmd.Context(), store.JobState(*state), *limit)
			if err != nil {
				return err
			}
			return jobListing(store.JobState(*state)).print(cmd.OutOrStdout(), found, *asJSON)
		})
	}
	return cmd
}

// atDesk reads the configuration and opens the desk for fn.
func (p process) atDesk(cmd *cobra.Command, fn func(*jobs.Desk) error) error {
	cfg, _, err := p.settings(cmd)
	if err != nil {
		return err
	}
	return app.WithDesk(cmd.Context(), cfg, fn)
}

// jobRow is a job as programs read it.
type jobRow struct {
	ID             string         `json:"id"`
	Kind           string         `json:"kind"`
	State          store.JobState `json:"state"`
	Attempts       int            `json:"attempts"`
	MaxAttempts    int            `json:"max_attempts"`
	CreatedAt      time.Time      `json:"created_at"`
	UpdatedAt      time.Time      `json:"updated_at"`
	RunAt          time.Time      `json:"run_at"`
	LeaseExpiresAt time.Time      `json:"lease_expires_at,omitzero"`
	ExpiresAt      time.Time      `json:"expires_at,omitzero"`
	LastError      string         `json:"last_error,omitempty"`
}

func newJobRow(j store.Job) jobRow {
	return jobRow{
		ID: j.ID, Kind: j.Kind, State: j.State, Attempts: j.Attempts, MaxAttempts: j.MaxAttempts,
		CreatedAt: j.CreatedAt, UpdatedAt: j.UpdatedAt, RunAt: j.RunAt,
		LeaseExpiresAt: j.LeaseExpiresAt, ExpiresAt: j.ExpiresAt, LastError: j.LastError,
	}
}

func jobListing(state store.JobState) listing[store.Job] {
	return listing[store.Job]{
		none: fmt.Sprintf("No job is %s.", state), header: "ID\tKIND\tSTATE\tATTEMPTS\tAGE\tLAST ERROR",
		cells: func(j store.Job) []string {
			return []string{j.ID, j.Kind, string(j.State), attemptsOf(j), age(time.Since(j.CreatedAt)), j.LastError}
		},
		row: func(j store.Job) any { return newJobRow(j) },
	}
}

func attemptsOf(j store.Job) string { return fmt.Sprintf("%d of %d", j.Attempts, j.MaxAttempts) }

// age is a span as people say it.
func age(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", max(d, 0)/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%dh", d/time.Hour)
	default:
		return fmt.Sprintf("%dd", d/day)
	}
}

func jobShowCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show one job",
		Long:  "Show one job. Recipients are shortened to their first letter and domain; secrets are never shown.",
		Args:  oneID,
	}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return p.atDesk(cmd, func(desk *jobs.Desk) error {
			shown, err := desk.Show(cmd.Context(), args[0])
			if err != nil {
				return fmt.Errorf("job %s: %w", args[0], err)
			}
			if *asJSON {
				about := map[string]string{}
				for _, f := range shown.Facts {
					about[f.Name] = f.Value
				}
				return printJSON(cmd.OutOrStdout(), struct {
					jobRow

					HasSecret bool              `json:"has_secret"`
					About     map[string]string `json:"about"`
				}{newJobRow(shown.Job), shown.HasSecret, about})
			}
			return printJob(cmd.OutOrStdout(), shown)
		})
	}
	return cmd
}

func oneID(cmd *cobra.Command, args []string) error {
	return oneArg("give the id of one job; sallyport job list has them")(cmd, args)
}

func printJob(w io.Writer, shown jobs.Shown) error {
	j := shown.Job
	lines := [][]string{{"id", j.ID}, {"kind", j.Kind}}
	for _, f := range shown.Facts {
		lines = append(lines, []string{f.Name, f.Value})
	}
	sealed := "none, or erased"
	if shown.HasSecret {
		sealed = "sealed"
	}
	for _, line := range [][]string{
		{"state", string(j.State)},
		{"attempts", attemptsOf(j)},
		{"created", moment(j.CreatedAt, "")},
		{"changed", moment(j.UpdatedAt, "")},
		{"due", moment(j.RunAt, "")},
		{"leased until", moment(j.LeaseExpiresAt, "")},
		{"expires", moment(j.ExpiresAt, "")},
		{"secret", sealed},
		{"last error", j.LastError},
	} {
		if line[1] != "" {
			lines = append(lines, line)
		}
	}
	return printTable(w, lines)
}
