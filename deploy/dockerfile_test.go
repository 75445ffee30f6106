package deploy_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// instruction is one of a Dockerfile, its continued lines joined.
type instruction struct{ word, rest string }

// dockerfile is the instructions by stage.
type dockerfile struct {
	args   []instruction // before the first stage
	stages [][]instruction
}

func readDockerfile(t *testing.T) dockerfile {
	t.Helper()
	var d dockerfile
	text := regexp.MustCompile(`(?m)^\s*#.*\n`).ReplaceAllString(readText(t, "../Dockerfile"), "")
	text = strings.ReplaceAll(text, "\\\n", " ")
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		in := instruction{strings.ToUpper(word), strings.Join(strings.Fields(rest), " ")}
		switch {
		case word == "":
		case in.word == "FROM":
			d.stages = append(d.stages, []instruction{in})
		case len(d.stages) == 0:
			d.args = append(d.args, in)
		default:
			last := len(d.stages) - 1
			d.stages[last] = append(d.stages[last], in)
		}
	}
	if len(d.stages) == 0 {
		t.Fatal("the Dockerfile has no stage")
	}
	return d
}

// last gives what the final stage says with a word.
func (d dockerfile) last(word string) []string {
	var out []string
	for _, in := range d.stages[len(d.stages)-1] {
		if in.word == word {
			out = append(out, in.rest)
		}
	}
	return out
}

// env is the environment of the image.
func (d dockerfile) env() []string {
	var env []string
	for _, rest := range d.last("ENV") {
		env = append(env, strings.Fields(rest)...)
	}
	return env
}

// user is the user of the image by number.
func (d dockerfile) user() float64 {
	users := d.last("USER")
	if len(users) == 0 {
		return 0
	}
	uid, _, _ := strings.Cut(users[len(users)-1], ":")
	n, err := strconv.Atoi(uid)
	if err != nil {
		return 0
	}
	return float64(n)
}

func TestTheImageIsSmallAndOwnsNothing(t *testing.T) {
	t.Parallel()
	d := readDockerfile(t)
	if from := d.last("FROM"); from[0] != "scratch" {
		t.Errorf("the image is made from %s, which may hold a shell", from[0])
	}
	if d.user() < 1000 {
		t.Errorf("the image runs as %v; name an unprivileged user by number, which Kubernetes can check", d.user())
	}
	if run := d.last("RUN"); len(run) > 0 {
		t.Errorf("the final stage runs %q", run)
	}
	if entry := d.last("ENTRYPOINT"); len(entry) != 1 || !strings.HasPrefix(entry[0], "[") {
		t.Errorf("the entry point is %q; without a shell it must be a list", entry)
	}
	var command []string
	if err := json.Unmarshal([]byte(d.last("CMD")[0]), &command); err != nil {
		t.Fatal(err)
	}
	isCommand(t, strings.Join(command, " "))
	if !slices.ContainsFunc(d.last("COPY"), func(s string) bool { return strings.Contains(s, "/etc/ssl/certs/ca-certificates.crt") }) {
		t.Error("the image has no certificates, so the program can trust no mail server")
	}
	for _, port := range []string{"SALLYPORT_LISTEN", "SALLYPORT_OPS_LISTEN"} {
		if !slices.Contains(strings.Fields(strings.Join(d.last("EXPOSE"), " ")), strconv.Itoa(portOf(t, d.env(), port))) {
			t.Errorf("the port of %s is not exposed", port)
		}
	}
	if volume := d.last("VOLUME"); len(volume) != 1 || !slices.Contains(d.env(), "SALLYPORT_DATA_DIR="+strings.Trim(volume[0], `[]"`)) {
		t.Errorf("the volume %q is not the data folder", volume)
	}
}

func TestTheImageIsBuiltFromPinnedPartsWithoutSecrets(t *testing.T) {
	t.Parallel()
	d := readDockerfile(t)
	defaults := map[string]string{}
	for _, in := range d.args {
		name, value, _ := strings.Cut(in.rest, "=")
		defaults["${"+name+"}"] = value
	}
	secretish := regexp.MustCompile(`(?i)(password|secret|token|_key|credential)`)
	for _, stage := range d.stages {
		for _, in := range stage {
			switch in.word {
			case "FROM":
				fields := strings.Fields(in.rest)
				image := fields[slices.IndexFunc(fields, func(f string) bool { return !strings.HasPrefix(f, "--") })]
				for name, value := range defaults {
					image = strings.ReplaceAll(image, name, value)
				}
				if image != "scratch" && !pinned.MatchString(image) {
					t.Errorf("image %s is not pinned", image)
				}
				if version, ok := strings.CutPrefix(image, "golang:"); ok && version < goVersion(t) {
					t.Errorf("image %s is older than go.mod asks for: %s", image, goVersion(t))
				}
			case "ARG", "ENV":
				if secretish.MatchString(in.rest) {
					t.Errorf("%s %s: what is built in can be read by everybody who has the image", in.word, in.rest)
				}
			case "ADD":
				t.Errorf("ADD %s: it may fetch and unpack; use COPY", in.rest)
			case "COPY":
				if strings.HasPrefix(in.rest, ". ") {
					t.Error("COPY of everything: name the folders")
				}
			}
		}
	}
}

func goVersion(t *testing.T) string {
	t.Helper()
	return regexp.MustCompile(`(?m)^go (.+)$`).FindStringSubmatch(readText(t, "../go.mod"))[1]
}

// TestTheImageGetsEverySource: a package outside the folders that are copied
// would break the build where nobody builds images.
func TestTheImageGetsEverySource(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=Dir,Standard,Module,EmbedFiles", "../cmd/sallyport").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	var allowed []string
	for line := range strings.Lines(readText(t, "../.dockerignore")) {
		if path, ok := strings.CutPrefix(strings.TrimSpace(line), "!"); ok {
			allowed = append(allowed, path)
		}
	}
	var copied []string
	for _, in := range readDockerfile(t).stages[0] {
		if in.word == "COPY" {
			fields := strings.Fields(in.rest)
			copied = append(copied, fields[:len(fields)-1]...)
		}
	}
	packages := 0
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p struct {
			Dir        string   `json:"Dir"`
			Standard   bool     `json:"Standard"`
			EmbedFiles []string `json:"EmbedFiles"`
			Module     *struct {
				Main bool `json:"Main"`
			} `json:"Module"`
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if p.Standard || p.Module == nil || !p.Module.Main {
			continue
		}
		packages++
		path, err := filepath.Rel(root, p.Dir)
		if err != nil {
			t.Fatal(err)
		}
		top, _, _ := strings.Cut(filepath.ToSlash(path), "/")
		if !slices.Contains(allowed, top) || !slices.Contains(copied, top) {
			t.Errorf("package %s: its folder is not in .dockerignore's exceptions %v or not copied %v", path, allowed, copied)
		}
		for _, f := range p.EmbedFiles {
			if strings.Contains(f, "testdata") || strings.HasSuffix(f, "_test.go") {
				t.Errorf("package %s embeds %s, which .dockerignore keeps out", path, f)
			}
		}
	}
	if packages < 20 {
		t.Errorf("saw %d packages", packages)
	}
	for _, path := range copied {
		if !slices.Contains(allowed, path) {
			t.Errorf("%s is copied and not let through by .dockerignore", path)
		}
	}
}
