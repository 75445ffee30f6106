package migration

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// batchRows is how many rows a transaction has.
	batchRows = 1000
	// races is how often a batch is tried again because somebody signed up with an
	// address of it meanwhile.
	races = 4
)

// run is an import that is under way.
type run struct {
	Options

	survey survey
	report Report
	done   int64 // rows up to the last batch
}

// Run imports, or says what an import would do. It may be run again whatever
// became of it.
func Run(ctx context.Context, o Options) (Report, error) {
	r := &run{Options: o, report: Report{
		Source: o.Source, Applied: o.Apply, Refused: map[string]int{}, Partly: map[string]int{}, Forms: map[string]int{},
	}}
	if err := r.check(ctx); err != nil {
		return r.report, err
	}
	began := o.Clock.Now()
	var err error
	if r.survey, err = o.survey(ctx, &Report{Doing: "look"}); err != nil {
		return r.report, fmt.Errorf("read the source: %w", err)
	}
	r.report.Doing, r.report.Rows = "import", r.survey.rows
	if err = r.defineRoles(ctx); err == nil {
		err = r.importAll(ctx)
	}
	r.report.Took = o.Clock.Now().Sub(began)
	return r.report, err
}

func (r *run) check(ctx context.Context) error {
	if err := CheckSource(r.Source); err != nil {
		return err
	}
	if file, is := r.From.(*File); is && file.IsExport() {
		return nil // its columns are ours
	}
	columns, err := r.From.Columns(ctx)
	if err != nil {
		return fmt.Errorf("read the source: %w", err)
	}
	if err := r.Map.Check(columns); err != nil {
		return err
	}
	if len(r.Roles) > 0 && r.Map[fieldRoles] == "" {
		return errors.New("roles are to be given, and no column holds them: --map roles=COLUMN")
	}
	for _, role := range r.Roles {
		if slices.Contains(rbac.BuiltIn(), role) && !r.Privileged {
			return fmt.Errorf("the role %s is built in: --privileged gives it to users of another system", role)
		}
	}
	return nil
}

// fingerprint is of the source and of what is made of it.
func (r *run) fingerprint() string {
	return secret.Hash(fmt.Sprint(r.From.Fingerprint(), "\x00", r.Map, "\x00", r.OnDuplicate, "\x00", r.Roles, "\x00", r.Weak != nil, "\x00", r.Firebase != nil, "\x00", r.Privileged))
}

// Resumes tells after how many rows an import would go on where an earlier run ended.
func Resumes(ctx context.Context, o Options) (rows int64, resumes bool, err error) {
	r := &run{Options: o}
	after, err := r.resume(ctx)
	return r.done, after != "", err
}

// resume finds where an earlier run of the same import ended.
func (r *run) resume(ctx context.Context) (after string, err error) {
	if !r.Apply {
		return "", nil
	}
	earlier, err := r.Store.Direct().Imports.BySource(ctx, r.Source)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "", nil
	case err != nil || earlier.Fingerprint != r.fingerprint():
		return "", err
	}
	r.report.Resumed, r.done = earlier.RowsDone, earlier.RowsDone
	return earlier.Cursor, nil
}

func (r *run) importAll(ctx context.Context) error {
	after, err := r.resume(ctx)
	if err != nil {
		return fmt.Errorf("read how far the import came: %w", err)
	}
	batch := make([]Row, 0, batchRows)
	err = r.From.Each(ctx, after, func(row Row) error {
		row.Number = r.done + int64(len(batch)) + 1 // a source that goes on may not know how many were before
		if batch = append(batch, row); len(batch) < batchRows {
			return ctx.Err()
		}
		err := r.batch(ctx, batch)
		batch = batch[:0]
		return err
	})
	if err == nil && len(batch) > 0 {
		err = r.batch(ctx, batch)
	}
	if err == nil && r.Apply {
		err = r.Store.Direct().Imports.Delete(ctx, r.Source)
	}
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}

// batch imports some rows.
func (r *run) batch(ctx context.Context, rows []Row) error {
	var people []person
	var no []refused
	for _, row := range rows {
		p, reason := r.read(row)
		if reason == "" {
			reason = r.survey.refuses(p, r.OnDuplicate)
		}
		if reason != "" {
			no = append(no, refused{p, reason})
			continue
		}
		people = append(people, p)
	}
	made, taken, err := r.write(ctx, people, no, rows[len(rows)-1].Cursor, int64(len(rows)))
	if err != nil {
		return err
	}
	r.done += int64(len(rows))
	r.report.New += int64(len(made))
	r.report.Here += int64(len(people) - len(made) - len(taken))
	for _, p := range append(no, taken...) {
		r.report.Refused[p.reason]++
	}
	for _, p := range made {
		if p.form != "" {
			r.report.Forms[p.form]++
		}
		for _, part := range p.without {
			r.report.Partly[part]++
		}
	}
	progress := r.report
	progress.Rows = r.done
	r.tell(&progress)
	return nil
}

func (o Options) tell(p *Report) {
	if o.Progress != nil {
		o.Progress(*p)
	}
}

// list lists what became of a batch, in the order of its rows.
func (r *run) list(made []person, no ...refused) error {
	if r.Refused == nil {
		return nil
	}
	var all []Refusal
	for _, p := range no {
		all = append(all, Refusal{Row: p.row, ID: p.id, Reason: p.reason})
	}
	for _, p := range made {
		for _, part := range p.without {
			all = append(all, Refusal{Row: p.row, ID: p.id, Reason: part, Imported: true})
		}
	}
	slices.SortStableFunc(all, func(a, b Refusal) int { return cmp.Compare(a.Row, b.Row) })
	return r.Refused(r.done, all)
}
