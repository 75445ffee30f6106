package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func jobRetryCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "retry ID...|--all-dead",
		Short: "Run dead jobs again",
		Long: "Run dead jobs again. Each job starts over with all its attempts, and sallyport serve or worker runs it\n" +
			"within seconds. A mail gets a new link, and the old link stops working. A mail that is no longer needed\n" +
			"(the sign-up was confirmed or has expired, the user is not active) is not sent: the command says why.",
		Args: func(cmd *cobra.Command, args []string) error {
			all, err := cmd.Flags().GetBool("all-dead")
			if err == nil && all == (len(args) > 0) {
				return usageError{errors.New("give the ids of dead jobs, or --all-dead")}
			}
			return err
		},
	}
	all := cmd.Flags().Bool("all-dead", false, "run every dead job again")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, ids []string) error {
		return p.atDesk(cmd, func(desk *jobs.Desk) error {
			if *all {
				dead, err := desk.List(cmd.Context(), store.JobDead, math.MaxInt)
				if err != nil {
					return err
				}
				for _, j := range dead {
					ids = append(ids, j.ID)
				}
			}
			tried, err := retry(cmd.Context(), desk, ids)
			if said := sayRetried(cmd.OutOrStdout(), tried, *asJSON); said != nil {
				return errors.Join(err, said)
			}
			switch {
			case err != nil:
				return err
			case *all: // what cannot run was told, and is no failure of this command
				return nil
			}
			for _, r := range tried {
				if !r.Again {
					return errReported
				}
			}
			return nil
		})
	}
	return cmd
}

// retried is what became of one job.
type retried struct {
	ID    string `json:"id"`
	Again bool   `json:"again"`
	Why   string `json:"why,omitempty"` // not
}

// retry runs each again. It goes on after a refusal and stops where it could
// not find out.
func retry(ctx context.Context, desk *jobs.Desk, ids []string) ([]retried, error) {
	tried := make([]retried, 0, len(ids))
	for _, id := range ids {
		err := desk.RunAgain(ctx, id)
		switch {
		case err == nil:
			tried = append(tried, retried{ID: id, Again: true})
		case refusal(err):
			tried = append(tried, retried{ID: id, Why: err.Error()})
		default:
			return tried, fmt.Errorf("run job %s again: %w", id, err)
		}
	}
	return tried, nil
}

// refusal tells a job that cannot run again from trouble on the way.
func refusal(err error) bool {
	for _, r := range []error{jobs.ErrNoJob, jobs.ErrNotDead, jobs.ErrUnknownKind, jobs.ErrObsolete, jobs.ErrGiveUp} {
		if errors.Is(err, r) {
			return true
		}
	}
	return false
}

func sayRetried(w io.Writer, tried []retried, asJSON bool) error {
	if asJSON {
		return printJSON(w, tried)
	}
	again := 0
	for _, r := range tried {
		if r.Again {
			again++
			_, _ = fmt.Fprintf(w, "Job %s runs again.\n", r.ID)
		} else {
			_, _ = fmt.Fprintf(w, "Job %s does not run again: %s.\n", r.ID, r.Why)
		}
	}
	var err error
	if len(tried) != 1 {
		_, err = fmt.Fprintf(w, "%d run again, %d do not.\n", again, len(tried)-again)
	}
	return err
}
