package fleettest

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The engines that tests run on.
const (
	SQLite       = "sqlite"
	MariaDBName  = "mariadb"
	MySQLName    = "mysql"
	PostgresName = "postgres"
)

// enginesEnv names the engines to test on, comma-separated; all of them if it is
// not set.
const enginesEnv = "SALLYPORT_TEST_ENGINES"

// Engines gives the engines to test on. A name that is not known fails the test:
// it would otherwise be an engine that nobody tests.
func Engines(t testing.TB) []string {
	t.Helper()
	all := []string{SQLite, MariaDBName, MySQLName, PostgresName}
	text := os.Getenv(enginesEnv) //nolint:forbidigo // what to test is no setting of the program
	if text == "" {
		return all
	}
	wanted := strings.Split(text, ",")
	for _, name := range wanted {
		if !slices.Contains(all, name) {
			t.Fatalf("%s names %q; there are %s", enginesEnv, name, strings.Join(all, ", "))
		}
	}
	return slices.DeleteFunc(all, func(name string) bool { return !slices.Contains(wanted, name) })
}

// Servers gives the engines to test on that are servers.
func Servers(t testing.TB) []string {
	t.Helper()
	return slices.DeleteFunc(Engines(t), func(name string) bool { return name == SQLite })
}

// Database makes an empty database of an engine and gives its URL.
func Database(t testing.TB, engine string) string {
	t.Helper()
	if engine == SQLite {
		return "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db")
	}
	s := SharedServer(t, engine)
	name := "test" + strconv.FormatInt(databases.Add(1), 10)
	if err := s.CreateDatabase(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	return s.URL(name)
}

// SpeaksMySQL tells whether an engine is MySQL or MariaDB.
func SpeaksMySQL(engine string) bool { return engine == MySQLName || engine == MariaDBName }

// clusterEnv names the engine that clusters of tests stand on, MariaDB if it is
// not set.
const clusterEnv = "SALLYPORT_TEST_CLUSTER"

// ClusterEngine gives the engine that clusters of tests stand on.
func ClusterEngine(t testing.TB) string {
	t.Helper()
	name := cmp.Or(os.Getenv(clusterEnv), MariaDBName) //nolint:forbidigo // what to test is no setting of the program
	if !slices.Contains([]string{MariaDBName, MySQLName, PostgresName}, name) {
		t.Fatalf("%s names %q, which is no server", clusterEnv, name)
	}
	return name
}

// OnEachEngine runs a test once for each engine to test on.
func OnEachEngine(t *testing.T, test func(t *testing.T, engine string)) {
	t.Helper()
	onEach(t, Engines(t), test)
}

// OnEachServer runs a test once for each server to test on.
func OnEachServer(t *testing.T, test func(t *testing.T, engine string)) {
	t.Helper()
	onEach(t, Servers(t), test)
}

func onEach(t *testing.T, engines []string, test func(t *testing.T, engine string)) {
	t.Helper()
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			test(t, engine)
		})
	}
}
