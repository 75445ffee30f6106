package sqlstore

import (
	"context"
	"flag"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
	"github.com/sallyport-auth/sallyport/internal/store/storetest"
)

// declared finds every statement in the source of this package and of the part
// of it that stands in store/leaving: the arguments of q by the names that they
// are given.
func declared(t *testing.T) map[string]*seam.Statement {
	t.Helper()
	found := map[string]*seam.Statement{}
	declaredIn(t, "*.go", found)
	own := len(found)
	declaredIn(t, "../leaving/*.go", found)
	if len(found) < own+30 {
		t.Fatalf("found %d statements only in store/leaving", len(found)-own)
	}
	if len(found) < 60 {
		t.Fatalf("found %d statements only", len(found))
	}
	return found
}

func declaredIn(t *testing.T, glob string, found map[string]*seam.Statement) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	// Imports are not resolved: only the constants are wanted.
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Error: func(error) {}, Importer: nil}
	_, _ = conf.Check("sqlstore", fset, files, info)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			call, ok := spec.Values[0].(*ast.CallExpr)
			if fn, named := call, ok; !named || !isIdent(fn.Fun, "q") {
				return true
			}
			v := info.Types[call.Args[0]].Value
			if v == nil {
				t.Errorf("%s is not a constant", spec.Names[0].Name)
				return true
			}
			if found[spec.Names[0].Name] != nil {
				t.Errorf("%s is declared twice", spec.Names[0].Name)
			}
			found[spec.Names[0].Name] = q(constant.StringVal(v))
			return true
		})
	}
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// pausable is a storetest.Pauser.
type pausable struct{ *DB }

func (p pausable) PauseBeforeCommit(fn func()) {
	var once sync.Once
	p.pause = func(revocations int) {
		if revocations > 0 {
			once.Do(fn)
		}
	}
}

// RevokeWithoutMark runs the statements that earlier versions run.
func (p pausable) RevokeWithoutMark(ctx context.Context, r store.Revocation) error {
	return p.lanes.Tx(ctx, func(ctx context.Context, run seam.Runner) error {
		if _, err := run.Exec(ctx, feedRaiseUnmarked, 1, p.realm); err != nil {
			return err
		}
		_, err := run.Exec(ctx, revocationInsertUnmarked, p.realm, r.Number, string(r.Kind), r.Subject, r.Epoch,
			column.Micros(r.RevokedAt), column.Micros(r.ExpiresAt))
		return err
	})
}

// The statements of earlier versions.
var (
	feedRaiseUnmarked        = q(`UPDATE feed SET number = number + ? WHERE realm_id = ?`)
	revocationInsertUnmarked = q(`
		INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`)
)

// TestEveryEngineKeepsEveryPromise also expects every declared statement to be
// used by some promise, so that none is left that an engine has never run.
func TestEveryEngineKeepsEveryPromise(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		var used sync.Map
		t.Cleanup(func() {
			if run := flag.Lookup("test.run").Value.String(); strings.Count(run, "/") > 1 || t.Failed() {
				return // not all promises were held
			}
			for name, q := range declared(t) {
				if _, ok := used.Load(q.String()); !ok {
					t.Errorf("%s was not used by any promise", name)
				}
			}
		})
		// On a server all promises share a database, each in a realm of its own.
		open := func(t *testing.T) string { t.Helper(); return fleettest.Database(t, engine) }
		if engine != fleettest.SQLite {
			url := open(t)
			open = func(*testing.T) string { return url }
		}
		storetest.Run(t, func(t *testing.T) store.Store {
			t.Helper()
			return pausable{openTest(t, Options{
				URL: open(t), Realm: id.Random(), Patience: time.Minute, observe: func(q *seam.Statement) { used.Store(q.String(), true) },
			})}
		})
	})
}

func TestEveryStatementPrepares(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		db := openTest(t, Options{URL: fleettest.Database(t, engine)})
		raw := console(t, db)
		for name, q := range declared(t) {
			stmt, err := raw.PrepareContext(t.Context(), q.For(db.engine))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			stmt.Close()
		}
	})
}

// banned is SQL that some engine does not have, or has with another meaning.
var banned = regexp.MustCompile(`(?i)\b(RETURNING|ON\s+CONFLICT|ON\s+DUPLICATE|FOR\s+UPDATE|SKIP\s+LOCKED|INSERT\s+OR|REPLACE\s+INTO|IGNORE|` +
	`now\s*\(|CURRENT_TIMESTAMP|datetime|AUTOINCREMENT|AUTO_INCREMENT|SERIAL|TRUE|FALSE|ILIKE|GLOB|REGEXP|LAST_INSERT_ID|USING)\b|\|\||SELECT\s+\*|"|` + "`|::|/\\*[^s]|--[^ ]")

func TestStatementsArePortable(t *testing.T) {
	t.Parallel()
	limitInList := regexp.MustCompile(`(?is)\bIN\s*\(\s*SELECT[^()]*LIMIT`)
	for name, q := range declared(t) {
		text, numbered := q.String(), q.For(engine.Engine{Numbered: true})
		if word := banned.FindString(text); word != "" {
			t.Errorf("%s: %q is not portable", name, word)
		}
		if limitInList.MatchString(text) {
			t.Errorf("%s: MariaDB takes no LIMIT directly inside IN (...)", name)
		}
		if n := strings.Count(text, "?"); n != strings.Count(numbered, "$") || strings.Contains(numbered, "?") {
			t.Errorf("%s: %d parameters became %q", name, n, numbered)
		}
		if strings.Contains(text, " realm_id = ?") || strings.Contains(text, ".realm_id = ?") || strings.Contains(text, "(realm_id,") {
			continue
		}
		if name != "databaseNow" && name != "schemaVersion" {
			t.Errorf("%s does not name the realm", name)
		}
	}
}

// TestStatementsFindTheirRowsByIndex compares SQLite's plans with those that
// were reviewed. Without statistics the planner takes realm_id for selective
// and a range for better than an equality, so each plan is worth a look.
func TestStatementsFindTheirRowsByIndex(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	raw := console(t, db)
	var plans []string
	for name, q := range declared(t) {
		explain := "EXPLAIN QUERY PLAN " + q.For(db.engine)
		rows, err := raw.QueryContext(t.Context(), explain, make([]any, strings.Count(explain, "?"))...)
		if err != nil {
			t.Fatal(name, err)
		}
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(detail, "SEARCH") || strings.HasPrefix(detail, "SCAN") {
				plans = append(plans, name+": "+detail+"\n")
			}
		}
		if err := rows.Err(); err != nil {
			t.Error(name, err)
		}
		rows.Close()
	}
	slices.Sort(plans)
	golden(t, "plans", strings.Join(slices.Compact(plans), ""))
}
