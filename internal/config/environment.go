package config

import (
	"path/filepath"
	"slices"
	"strings"
)

// environment gives the names that are set to something.
func environment(pairs []string) map[string]string {
	env := make(map[string]string, len(pairs))
	for _, pair := range pairs {
		if name, value, ok := strings.Cut(pair, "="); ok && value != "" {
			env[name] = value
		}
	}
	return env
}

// refuseUnknown complains about names that look like ours and are not.
func (l *loader) refuseUnknown(values map[string]string, where string) {
	known := l.names()
	var unknown []string
	for name, value := range values {
		if value != "" && strings.HasPrefix(name, prefix) && !notOurs(name) && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		l.complain("%s in %s is not a setting%s", name, where, suggest(name, known))
	}
}

// names lists what may be set in the environment, twins included.
func (l *loader) names() []string {
	var names []string
	for _, s := range l.settings {
		names = append(names, s.name)
		if s.secret {
			names = append(names, s.name+fileTwin)
		}
	}
	return names
}

// notOurs reports whether name belongs to our tests, or to Kubernetes, which
// injects such names for a Service that is called sallyport.
func notOurs(name string) bool {
	return strings.HasPrefix(name, prefix+"TEST_") || strings.HasPrefix(name, prefix+"SERVICE_") ||
		name == prefix+"PORT" || strings.HasPrefix(name, prefix+"PORT_")
}

// suggest names the known name that is nearest to a typo, or points to the
// manual.
func suggest(name string, known []string) string {
	best, distance := "", len(name)/3+1
	for _, candidate := range known {
		if d := editDistance(name, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	if best == "" {
		return "; `sallyport config --manual` lists them all"
	}
	return "; did you mean " + best + "?"
}

// editDistance is the number of letters to insert, delete or replace.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// dataDir is the user's data folder, by the habits of the system, or empty if
// the environment names no home.
func dataDir(env map[string]string, goos string) string {
	home := env["HOME"]
	switch goos {
	case "windows":
		if local := env["LOCALAPPDATA"]; local != "" {
			return filepath.Join(local, "Sallyport")
		}
		return ""
	case "darwin":
		if home != "" {
			return filepath.Join(home, "Library", "Application Support", "Sallyport")
		}
		return ""
	}
	// The XDG base directory specification says to ignore relative paths.
	if data := env["XDG_DATA_HOME"]; filepath.IsAbs(data) {
		return filepath.Join(data, "sallyport")
	}
	if home != "" {
		return filepath.Join(home, ".local", "share", "sallyport")
	}
	return ""
}
