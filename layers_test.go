package sallyport_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the floor plan, ground floor first. A package may import only
// packages on floors below its own; packages that share a line are neighbours
// and may not import each other. A new package fails until somebody writes it
// into the list, which is the moment to write its one-line purpose into
// docs/architecture.md.
var floors = []string{
	"fault id secret clock jws egress telemetry device geoip address words static soaktest waittest store/engine",
	"config store/sqlrun store/schema store/sqlitefile conformance",
	"store",
	"cluster",
	"ratelimit",
	"store/storetest geoip/geoiptest cluster/clustertest audit audit/audittest idempotency",
	"stats",
	"jobs keys password link audit/seal",
	"token restore store/foreigntable store/transfer mail/letter mail/mailtest",
	"mail client",
	"hook",
	"session",
	"personal forward rbac",
	"account admin",
	"signup recovery emailchange deletion migration",
	"mfa",
	"passkey",
	"magiclink",
	"login",
	"middleware httpapi/swagger webui/brand webui/asset",
	"httpapi/strictjson httpapi/metrics",
	"httpapi/frame webui/frame",
	"webui/home webui/mailbox webui/dashboard",
	"cluster/local cluster/redis mail/smtpmail hook/httphook breach httpapi webui",
	"telemetry/otlp telemetry/otlp/otlptest",
	"app",
	"fleet",
	"fleet/fleettest apptest roomtest",
	"webui/gallerytest",
}

// wirers may know which engine runs: the program, and what tests it.
var wirers = []string{"app", "apptest", "roomtest"}

// adapters are wired by app alone: nobody else may know which engine runs.
var adapters = []string{"cluster/local", "cluster/redis", "mail/smtpmail", "hook/httphook", "breach", "telemetry/otlp"}

// edges may speak to the outside world; every other package takes plain
// values, so that a job, a command and a test can call it as well.
var edges = append([]string{
	"static", "middleware", "telemetry/otlp/otlptest", "httpapi/swagger", "httpapi/strictjson", "httpapi/frame", "httpapi/metrics", "httpapi", "webui", "webui/asset", "webui/frame", "webui/home", "webui/mailbox", "webui/dashboard", "webui/gallerytest", "store", "store/engine", "store/sqlrun", "store/schema", "store/sqlitefile", "store/foreigntable", "store/transfer",
	"app", "apptest", "roomtest", "conformance",
}, adapters...)

// templated packages render HTML without knowing requests.
var templated = []string{"mail/letter"}

var outside = []string{"net/http", "html/template", "database/sql"}

// module is the path that our imports start with.
const module = "github.com/sallyport-auth/sallyport/internal/"

func TestLayersImportsPointDownwards(t *testing.T) {
	floor := map[string]int{}
	for n, line := range floors {
		for p := range strings.FieldsSeq(line) {
			floor[p] = n
		}
	}
	seen := map[string]bool{}
	walkSources(t, func(path, from string, imports []string) {
		seen[from] = true
		level, ok := floor[from]
		if !ok {
			t.Errorf("%s: package %s has no floor; place it in floors", path, from)
			return
		}
		for _, imp := range imports {
			if complaint := breach(from, imp, level, floor); complaint != "" {
				t.Errorf("%s: %s", path, complaint)
			}
		}
	})
	for p := range floor {
		if !seen[p] {
			t.Errorf("floors names %s, which is not there", p)
		}
	}
}

// breach says what is wrong with an import, or nothing.
func breach(from, imp string, level int, floor map[string]int) string {
	to, ours := strings.CutPrefix(imp, module)
	switch {
	case ours && !slices.Contains(wirers, from) && slices.Contains(adapters, to):
		return "imports the adapter " + to + "; only app wires adapters"
	case ours && floor[to] >= level:
		return "imports " + to + ", which is not on a floor below " + from
	case ours || slices.Contains(edges, from) || !slices.Contains(outside, imp):
		return ""
	case imp == "html/template" && slices.Contains(templated, from):
		return ""
	default:
		return "imports " + imp + "; rooms take plain values, not requests or databases"
	}
}

// TestLayersNoBags keeps out packages that are named after nothing: a piece of
// code lives with its user until the third user names it.
func TestLayersNoBags(t *testing.T) {
	walkSources(t, func(path, from string, _ []string) {
		for _, bag := range []string{"util", "utils", "common", "helper", "helpers", "models", "types", "misc", "base"} {
			if filepath.Base(from) == bag {
				t.Errorf("%s: package %s is named after nothing", path, from)
			}
		}
	})
}

// walkSources calls visit for each hand-written source file below internal. It
// parses the files, which makes them inputs of the test, so that an edit runs
// it again.
func walkSources(t *testing.T, visit func(path, from string, imports []string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), "internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, spec := range file.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, imp)
		}
		visit(path, strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "internal/"), imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
