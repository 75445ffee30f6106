package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// process is what a command gets from the system.
type process struct {
	name           string // what the program was called as
	args, environ  []string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// usageError is a mistake in how the program was called or configured.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// errReported ends the program with exit code 1 after a command has said itself
// what is wrong.
var errReported = errors.New("reported")

// run is the program: it runs the command that args names and returns the exit
// code.
func run(ctx context.Context, p process) int {
	root := newRoot(p) //nolint:contextcheck // commands take the context of ExecuteContext
	root.SetArgs(p.args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	}
	_, _ = fmt.Fprintf(p.stderr, "sallyport: %s\n", explain(err))
	_, badCall := errors.AsType[usageError](err)
	_, badSettings := errors.AsType[*config.Error](err)
	if badCall || badSettings {
		return exitUsage
	}
	return exitFailed
}

// explain is an error in words for people: of a refusal its sentence, and the
// members at fault by name.
func explain(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || errors.Unwrap(f) != nil {
		return err.Error()
	}
	say := words.ForPrograms()
	if len(f.Fields) == 0 {
		return say.Said(f.Words, f.Args...)
	}
	parts := make([]string, len(f.Fields))
	for n, field := range f.Fields {
		parts[n] = field.Field + " " + say.Rule(field.Rule, field.Args...)
	}
	return strings.Join(parts, "; ")
}

func newRoot(p process) *cobra.Command {
	root := &cobra.Command{
		Use:           "sallyport",
		Short:         "A self-hosted authentication server",
		Long:          "Sallyport is a self-hosted authentication server: sign-up, sign-in, sessions, tokens and account recovery\nfor any backend.\n\nStart with: sallyport serve",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q (try: sallyport help)", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetHelpCommand(helpCommand(root))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	config.AddFlags(root.PersistentFlags())
	root.AddCommand(
		serveCommand(p), workerCommand(p), migrateCommand(p), doctorCommand(p), configCommand(p),
		userCommand(p), invitationCommand(p), roleCommand(p), clientCommand(p), hookCommand(p), jobCommand(p), auditCommand(p), keyCommand(p), mailCommand(p), versionCommand(), conformanceCommand(),
		backupCommand(p), restoreCommand(p), transferCommand(p), importCommand(p), exportCommand(p), settingsTopic(),
	)
	addManual(root)
	arrange(root)
	return root
}

// settings reads the configuration of a command. A flag of its own that has the
// name of a setting is none: only what it inherits is.
func (p process) settings(cmd *cobra.Command) (config.Config, config.Origins, error) {
	cfg, origins, err := config.Load(config.Sources{Flags: cmd.InheritedFlags(), Environ: p.environ})
	if err != nil {
		return cfg, origins, usageError{err}
	}
	return cfg, origins, nil
}

// noArgs refuses arguments where a command takes none.
func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unexpected argument %q", args[0])}
	}
	return nil
}

// oneArg takes one argument, and says otherwise what it is.
func oneArg(says string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{errors.New(says)}
		}
		return nil
	}
}

// addJSON gives a command the flag --json.
func addJSON(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("json", false, "print JSON for programs")
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// onTerminal tells whether a person looks at w.
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
