package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/migration"
)

// importFlags are the flags of sallyport import.
type importFlags struct {
	from, table, source, onDuplicate, refused string
	columns, roles                            []string
	apply, yes, privileged, allowWeak         bool
	firebase                                  string
}

func importCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE | --from URL --table TABLE",
		Short: "Import users from another system; they keep their passwords",
		Long: "Import the users of another system from a file (JSON Lines, or CSV if its name ends in .csv) or from a table\n" +
			"of its database, with ids, password hashes and whether email addresses are verified. Users sign in with the\n" +
			"password that they have; its hash is renewed then.\n\n" +
			"Without --apply nothing is written: the command shows which column it takes for what, and how many users\n" +
			"would be imported, are already here, or are refused. With --apply it asks whether the columns are right,\n" +
			"unless --map names them or --yes is given.\n\n" +
			"An import only creates users. A row with the email address of an existing user is refused. Running it again\n" +
			"imports what is new; an interrupted import continues where it stopped. Refused rows are listed in a file.\n" +
			"The server may run meanwhile.\n\n" +
			"A FILE from \"sallyport export\" needs no --map: users keep their ids, roles and second factors. To import\n" +
			"users with built-in roles, use --privileged.\n\n" +
			"@FILE in place of a URL reads it from a file, which keeps its password off the command line.",
		Example: "  sallyport import users.jsonl\n" +
			"  sallyport import --from @/run/secrets/old_database_url --table users --apply\n" +
			"  sallyport import users.csv --map password_hash=pw --map name= --role moderator=editor --apply",
	}
	var f importFlags
	flags := cmd.Flags()
	flags.StringVar(&f.from, "from", "", "URL of the database to read")
	flags.StringVar(&f.table, "table", "", "table that holds the users")
	flags.StringVar(&f.source, "source", "", "name under which their ids are kept (default: the table, or the file without its ending)")
	flags.StringArrayVar(&f.columns, "map", nil, "FIELD=COLUMN, FIELD=COLUMN.MEMBER for a member of JSON, or FIELD= for none; fields are "+strings.Join(migration.Fields(), ", ")+" and app_metadata.NAME")
	flags.StringArrayVar(&f.roles, "role", nil, "OLD=NEW: users with the role OLD there get NEW here")
	flags.BoolVar(&f.privileged, "privileged", false, "allow built-in roles such as admin, from --role or from an export")
	flags.BoolVar(&f.allowWeak, "allow-weak", false, "import phpass, MD5, SHA-1 and SHA-2 password digests, wrapped in argon2id")
	flags.StringVar(&f.firebase, "firebase", "", "file with the hash_config of a Firebase project, whose passwords are imported")
	flags.StringVar(&f.onDuplicate, "on-duplicate", "", "of rows with one email address take the only verified or the newest one: verified, newest")
	flags.StringVar(&f.refused, "refused", "", "file for refused rows (default: SOURCE.refused.jsonl)")
	flags.BoolVar(&f.apply, "apply", false, "import; without it nothing is written")
	flags.BoolVar(&f.yes, "yes", false, "take the columns as proposed without asking")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		i, err := f.read(args)
		if err != nil {
			return usageError{err}
		}
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		if f.apply && !f.yes && len(f.columns) == 0 {
			i.Confirm = p.confirmColumns
		}
		began := time.Now()
		if onTerminal(p.stderr) && !*asJSON {
			i.Options.Progress = showImport(p.stderr, began)
		}
		report, columns, err := i.Run(cmd.Context(), cfg)
		if i.Options.Progress != nil {
			_, _ = fmt.Fprint(p.stderr, "\r\x1b[K")
		}
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd.OutOrStdout(), struct {
				migration.Report
				Map         migration.Map `json:"map"`
				RefusedFile string        `json:"refused_file"`
				Seconds     float64       `json:"seconds"`
			}{report, columns, i.RefusedFile, report.Took.Seconds()})
		}
		return tellImported(cmd.OutOrStdout(), report, columns, i.RefusedFile)
	}
	return cmd
}

// read makes of the flags what is to be done.
func (f importFlags) read(args []string) (app.Import, error) {
	i := app.Import{From: f.from, Table: f.table, Map: f.columns}
	switch {
	case len(args) > 1:
		return i, fmt.Errorf("unexpected argument %q", args[1])
	case len(args) == 1 && (f.from != "" || f.table != ""):
		return i, errors.New("give a file, or --from and --table, not both")
	case len(args) == 1:
		i.File = args[0]
	case f.from == "" || f.table == "":
		return i, errors.New("give a file, or --from with the URL of a database and --table with its table of users")
	}
	if file, named := strings.CutPrefix(i.From, "@"); named {
		text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
		if err != nil {
			return i, fmt.Errorf("read a database URL: %w", err)
		}
		i.From = strings.TrimSpace(string(text))
	}
	base := filepath.Base(i.File)
	source := strings.ToLower(cmp.Or(f.source, f.table, strings.TrimSuffix(base, filepath.Ext(base))))
	if err := migration.CheckSource(source); err != nil {
		return i, fmt.Errorf("%w: --source gives it another", err)
	}
	roles, err := readRoles(f.roles)
	if err != nil {
		return i, err
	}
	if f.onDuplicate != migration.RefuseDuplicates && f.onDuplicate != migration.VerifiedDuplicates && f.onDuplicate != migration.NewestDuplicates {
		return i, errors.New("--on-duplicate takes verified or newest")
	}
	firebase, err := readFirebase(f.firebase)
	if err != nil {
		return i, err
	}
	i.AllowWeak = f.allowWeak
	i.RefusedFile = cmp.Or(f.refused, source+".refused.jsonl")
	i.Options = migration.Options{Source: source, Roles: roles, Privileged: f.privileged, OnDuplicate: f.onDuplicate, Apply: f.apply, Firebase: firebase}
	return i, nil
}

func readRoles(pairs []string) (map[string]string, error) {
	roles := map[string]string{}
	for _, pair := range pairs {
		old, role, _ := strings.Cut(pair, "=")
		if old == "" || role == "" || strings.ContainsAny(role, ", ") {
			return nil, errors.New("--role takes OLD=NEW")
		}
		roles[old] = role
	}
	return roles, nil
}

// confirmColumns asks whether the columns are right.
func (p process) confirmColumns(m migration.Map) error {
	_, _ = fmt.Fprint(p.stderr, "Columns:\n", columnsOf(m), "Import with these columns? [y/N] ")
	answer, _ := bufio.NewReader(p.stdin).ReadString('\n')
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return usageError{errors.New("nothing was imported: name the columns with --map, or take them as they are with --yes")}
	}
	return nil
}

func columnsOf(m migration.Map) string {
	var b strings.Builder
	for _, field := range migration.Fields() {
		fmt.Fprintf(&b, "  %-14s %s\n", field, cmp.Or(m[field], "-"))
	}
	return b.String()
}

// showImport draws one line of progress over the last.
func showImport(w io.Writer, began time.Time) func(migration.Report) {
	doing, since := "", began
	return func(r migration.Report) {
		now := time.Now()
		if r.Doing != doing {
			doing, since = r.Doing, now
		}
		rate := float64(r.Rows-r.Resumed) / max(now.Sub(since).Seconds(), 0.001)
		_, _ = fmt.Fprintf(w, "\r\x1b[K%s: %d rows, %.0f rows/s", r.Doing, r.Rows, rate)
	}
}

func tellImported(w io.Writer, r migration.Report, m migration.Map, file string) error {
	if len(m) > 0 { // it was no export of this program
		_, _ = fmt.Fprint(w, "Columns:\n", columnsOf(m), "\n")
	}
	would, refused := "would be imported", 0
	if r.Applied {
		would = "imported"
	}
	for _, n := range r.Refused {
		refused += n
	}
	_, _ = fmt.Fprintf(w, "%9d rows of %s", r.Rows, r.Source)
	if r.Resumed > 0 {
		_, _ = fmt.Fprintf(w, ", of which an earlier run has done %d", r.Resumed)
	}
	_, _ = fmt.Fprintf(w, "\n%9d %s\n%9d already here\n%9d refused\n", r.New, would, r.Here, refused)
	for _, reason := range slices.Sorted(maps.Keys(r.Refused)) {
		_, _ = fmt.Fprintf(w, "          %9d %s\n", r.Refused[reason], reason)
	}
	for _, part := range slices.Sorted(maps.Keys(r.Partly)) {
		_, _ = fmt.Fprintf(w, "%9d %s without it: %s\n", r.Partly[part], would, part)
	}
	for _, form := range slices.Sorted(maps.Keys(r.Forms)) {
		_, _ = fmt.Fprintf(w, "          %9d %s\n", r.Forms[form], form)
	}
	if refused > 0 || len(r.Partly) > 0 {
		_, _ = fmt.Fprintf(w, "\n%s lists these rows.\n", file)
	}
	var err error
	if r.Applied {
		_, err = fmt.Fprintf(w, "\nDone in %s (%.0f rows/s).\n", r.Took.Round(time.Millisecond), float64(r.Rows-r.Resumed)/max(r.Took.Seconds(), 0.001))
	} else {
		_, err = fmt.Fprintln(w, "\nNothing was written. --apply imports.")
	}
	return err
}
