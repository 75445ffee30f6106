package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
)

// sealedWithin is when a server has sealed what it has recorded.
const sealedWithin = 3 * time.Second

// errNotVerified ends the command after the findings were printed.
var errNotVerified = errors.New("the audit log does not verify")

func auditVerifyCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "verify [--export FILE | --proof FILE] [--key KEY]... [--head FILE]...", Short: "Verify that the audit log was not changed",
		Long: "Compute the audit log anew and compare it with what is stored, and with signed heads that you kept elsewhere.\n" +
			"Without --key and --head, somebody with the database and the secret key can still have replaced the whole\n" +
			"log: the first line says so. Exits with 1 if anything is wrong. docs/operations/audit-log.md explains it.\n\n" +
			"--export verifies a file that \"sallyport audit export\" wrote, and --proof one event that \"sallyport audit prove\"\n" +
			"proved: both work on any machine, without the database and its settings.",
		Example: "  sallyport audit verify --key @/safe/audit.key --head /safe/heads/2026-11-30\n" +
			"  sallyport audit verify --export log.jsonl --key @/safe/audit.key --head /safe/heads/2026-11-30",
		Args: noArgs,
	}
	keys := cmd.Flags().StringArray("key", nil, "the key that sallyport audit key showed; @FILE reads it from a file")
	heads := cmd.Flags().StringArray("head", nil, "a file with a signed head that was kept elsewhere")
	export := cmd.Flags().String("export", "", "verify this exported log instead of the database")
	proof := cmd.Flags().String("proof", "", "verify this proof of one event; needs --key")
	asJSON := addJSON(cmd)
	cmd.MarkFlagsMutuallyExclusive("export", "proof")
	cmd.MarkFlagsMutuallyExclusive("head", "proof")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		given, err := keptElsewhere(*keys, *heads)
		if err != nil {
			return err
		}
		if *proof != "" {
			return verifyProof(cmd.OutOrStdout(), *proof, given.Keys, *asJSON)
		}
		var report seal.Report
		if *export != "" {
			report, err = app.VerifyAuditExport(cmd.Context(), *export, given)
		} else {
			report, err = p.verifyLog(cmd, given)
		}
		if err != nil {
			return err
		}
		if *asJSON {
			err = printJSON(cmd.OutOrStdout(), report)
		} else {
			err = tellVerified(cmd.OutOrStdout(), report)
		}
		if err == nil && len(report.Findings) > 0 {
			err = errNotVerified
		}
		return err
	}
	return cmd
}

// keptElsewhere reads what the operator kept.
func keptElsewhere(keys, heads []string) (given seal.Given, err error) {
	for _, key := range keys {
		if file, named := strings.CutPrefix(key, "@"); named {
			if key, err = readNamed("the key", file); err != nil {
				return given, err
			}
		}
		given.Keys = append(given.Keys, strings.TrimSpace(key))
	}
	for _, file := range heads {
		head, err := readNamed("a head", file)
		if err != nil {
			return given, err
		}
		given.Heads = append(given.Heads, head)
	}
	return given, nil
}

func readNamed(what, file string) (string, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
	if err != nil {
		return "", usageError{fmt.Errorf("read %s: %w", what, err)}
	}
	return string(text), nil
}

// verifyLog verifies the log in the database. What is about to be sealed is waited for.
func (p process) verifyLog(cmd *cobra.Command, given seal.Given) (report seal.Report, err error) {
	err = p.atAuditLog(cmd, func(log app.AuditLog) error {
		given.Retention = &log.Retention
		report, err = log.Verify(cmd.Context(), given)
		if err == nil && report.Waiting > 0 && clock.Sleep(cmd.Context(), sealedWithin) {
			report, err = log.Verify(cmd.Context(), given)
		}
		return err
	})
	return report, err
}

func tellVerified(out io.Writer, r seal.Report) error {
	w := new(strings.Builder)
	switch {
	case len(r.Findings) > 0:
		fmt.Fprintf(w, "NOT VERIFIED (findings: %d). First: %s.\n", len(r.Findings)+r.More, r.Findings[0].Says)
	case r.Proved:
		fmt.Fprintf(w, "Proved: the first %d of %d events are those of the given key and heads (%d).\n", r.ProvedEvents, r.Events, r.Given)
	default:
		fmt.Fprintln(w, "Consistent, but not proved: pass the --key and --head that you keep elsewhere.")
	}
	fmt.Fprintf(w, "Sealed: %d events in %d trees; %d heads agree. Not sealed yet: %d.\n", r.Events, r.Trees, r.Heads, r.Unsealed)
	fmt.Fprintf(w, "Dropped by retention or erasure: %d events, %d personal parts.\nKey: %s\n", r.Dropped, r.DroppedParts, r.Key)
	for _, notice := range r.Notices {
		fmt.Fprintf(w, "Notice: %s.\n", notice)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(w, "%s: %s.\n", f.What, f.Says)
	}
	if r.More > 0 {
		fmt.Fprintf(w, "... and %d more.\n", r.More)
	}
	_, err := io.WriteString(out, strings.Map(printable, w.String()))
	return err
}

// printable leaves out what a terminal would obey: an export is written by others.
func printable(r rune) rune {
	if r != '\n' && !unicode.IsPrint(r) {
		return unicode.ReplacementChar
	}
	return r
}

// verifyProof tells which event a proof proves.
func verifyProof(out io.Writer, file string, keys []string, asJSON bool) error {
	if len(keys) == 0 {
		return usageError{errors.New("--proof needs --key")}
	}
	text, err := readNamed("the proof", file)
	if err != nil {
		return err
	}
	p, err := seal.CheckProof(text, keys)
	if err != nil {
		return fmt.Errorf("not proved: %w", err)
	}
	if asJSON {
		return printJSON(out, p)
	}
	_, err = fmt.Fprintf(out, "Proved: this event is number %d of the %d events that the given key signed.\n", p.Leaf+1, p.Head.Size)
	if err == nil {
		err = printJSON(out, p.Event)
	}
	return err
}
