package schema

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/pressly/goose/v3"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// header is the first line of every file, by which goose's own command reads them
// as well.
const header = "-- +goose Up\n"

// step is one migration as one engine runs it: the portable file NNNN_step.sql with
// the table suffix filled in, or in its place NNNN_step.<engine>.sql where there is one.
type step struct {
	version   int64
	name      string // of the portable file
	statement string
}

// stepsOf lists the migrations in their order.
func stepsOf(e engine.Engine) ([]step, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []step
	for _, name := range names {
		base := path.Base(name)
		if strings.Count(base, ".") > 1 {
			continue // one engine's own
		}
		version, err := goose.NumericComponent(base)
		if err != nil {
			return nil, err
		}
		text, err := migrationFiles.ReadFile(strings.TrimSuffix(name, ".sql") + "." + e.Name + ".sql")
		if errors.Is(err, fs.ErrNotExist) {
			text, err = migrationFiles.ReadFile(name)
		}
		if err != nil {
			return nil, err
		}
		statement, ok := strings.CutPrefix(string(text), header)
		if !ok {
			return nil, fmt.Errorf("%s does not start with %q", base, header)
		}
		steps = append(steps, step{version, base, strings.ReplaceAll(statement, " /*suffix*/", e.TableSuffix)})
	}
	return steps, nil
}

// Newest is the version of the last migration in this program.
func Newest() (int64, error) {
	steps, err := stepsOf(engine.Engine{})
	if err != nil || len(steps) == 0 {
		return 0, errors.Join(errors.New("no migrations"), err)
	}
	return steps[len(steps)-1].version, nil
}
