package deploy_test

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// operator is what whoever runs Compose must say.
var operator = map[string]string{
	"PUBLIC_URL": "https://auth.example.com", "SMTP_HOST": "smtp.example.com", "SMTP_USERNAME": "auth",
	"MAIL_FROM": "auth@example.com",
}

// interpolated fills in Compose's variables: ${NAME:-default} and ${NAME:?why}.
func interpolated(t *testing.T, text string) string {
	t.Helper()
	return regexp.MustCompile(`\$\{([A-Z_]+)(:[-?])([^}]*)\}`).ReplaceAllStringFunc(text, func(v string) string {
		parts := regexp.MustCompile(`\$\{([A-Z_]+)(:[-?])([^}]*)\}`).FindStringSubmatch(v)
		switch {
		case operator[parts[1]] != "":
			return operator[parts[1]]
		case parts[2] == ":-":
			return parts[3]
		}
		t.Errorf("nobody says %s", parts[1])
		return ""
	})
}

func compose(t *testing.T) tree {
	t.Helper()
	return documents(t, interpolated(t, readText(t, "compose.yaml")))[0]
}

func services(t *testing.T) map[string]tree {
	t.Helper()
	out := map[string]tree{}
	doc := compose(t)
	for name := range at[tree](t, doc, "services") {
		out[name] = at[tree](t, doc, "services", name)
	}
	return out
}

// ours lists the services that run the program.
func ours(t *testing.T) map[string]tree {
	t.Helper()
	out := map[string]tree{}
	for name, s := range services(t) {
		if s["build"] != nil {
			out[name] = s
		}
	}
	return out
}

func environmentOf(s tree) []string {
	var env []string
	settings, _ := s["environment"].(tree)
	for name, value := range settings {
		env = append(env, fmt.Sprintf("%s=%v", name, value))
	}
	return env
}

func TestComposeIsValid(t *testing.T) {
	t.Parallel()
	hold(t, schema(t, "compose-spec.json", ""), compose(t))
	for name, s := range services(t) {
		if image := at[string](t, s, "image"); s["build"] == nil && !pinned.MatchString(image) {
			t.Errorf("%s: image %s is not pinned", name, image)
		}
	}
}

func TestComposeStartsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	var commands []string
	image := readDockerfile(t).env()
	for name, s := range ours(t) {
		files := map[string]string{}
		for _, secret := range texts(s["secrets"]) {
			files["/run/secrets/"+secret] = secret
		}
		command := strings.Join(texts(s["command"]), " ")
		if command == "" {
			command = "serve" // the image's
		}
		commands = append(commands, command)
		wouldStart(t, command, append(slices.Clone(image), environmentOf(s)...), files)
		grace, err := time.ParseDuration(at[string](t, s, "stop_grace_period"))
		if err != nil || grace <= longestStop*time.Second {
			t.Errorf("%s: has %v to stop (%v)", name, grace, err)
		}
		if s["read_only"] != true || !slices.Equal(texts(s["cap_drop"]), []string{"ALL"}) {
			t.Errorf("%s: is not confined", name)
		}
	}
	slices.Sort(commands)
	if want := []string{"migrate", "serve", "serve", "worker"}; !slices.Equal(commands, want) {
		t.Errorf("commands are %v, want %v", commands, want)
	}
}

// TestComposeRefersToWhatIsThere: secrets, networks, volumes and services by
// name, and the files behind the secrets, which make-secrets or the operator
// make.
func TestComposeRefersToWhatIsThere(t *testing.T) {
	t.Parallel()
	doc := compose(t)
	made := madeSecrets(t)
	for name := range at[tree](t, doc, "secrets") {
		file := filepath.Base(at[string](t, doc, "secrets", name, "file"))
		byOperator := slices.Contains([]string{"tls.crt", "tls.key", "smtp_password"}, file)
		if _, err := os.Stat(filepath.Join(made, file)); (err == nil) == byOperator {
			t.Errorf("secret %s: who makes %s? %v", name, file, err)
		}
	}
	for name, s := range services(t) {
		names := func(v any) []string {
			if m, ok := v.(tree); ok {
				var keys []string
				for key := range m {
					keys = append(keys, key)
				}
				return keys
			}
			return texts(v)
		}
		for kind, defined := range map[string]tree{"networks": at[tree](t, doc, "networks"), "depends_on": at[tree](t, doc, "services")} {
			for _, used := range names(s[kind]) {
				if _, ok := defined[used]; !ok {
					t.Errorf("%s: %s %s is not defined", name, kind, used)
				}
			}
		}
		secrets, _ := s["secrets"].([]any)
		for _, used := range secrets {
			key, ok := used.(string)
			if !ok {
				key = at[string](t, used, "source")
			}
			if at[tree](t, doc, "secrets")[key] == nil {
				t.Errorf("%s: secret %v is not defined", name, used)
			}
		}
		dependencies, _ := s["depends_on"].(tree)
		for on := range dependencies {
			if at[string](t, dependencies, on, "condition") == "service_healthy" && at[any](t, doc, "services", on, "healthcheck") == nil {
				t.Errorf("%s waits until %s is healthy, which nobody checks", name, on)
			}
		}
	}
}

// TestProxyAndInstancesAgreeOnAddresses: nginx leads to the instances, and they
// trust nginx alone.
func TestProxyAndInstancesAgreeOnAddresses(t *testing.T) {
	t.Parallel()
	all := services(t)
	address := func(name string) string {
		return at[string](t, all[name], "networks", "front", "ipv4_address")
	}
	subnet := netip.MustParsePrefix(at[string](t, compose(t), "networks", "front", "ipam", "config", 0, "subnet"))
	port := portOf(t, readDockerfile(t).env(), "SALLYPORT_LISTEN")
	var want []string
	for _, name := range []string{"sallyport-1", "sallyport-2"} {
		want = append(want, fmt.Sprintf("%s:%d", address(name), port))
		if !slices.Contains(environmentOf(all[name]), "SALLYPORT_TRUSTED_PROXIES="+address("nginx")) {
			t.Errorf("%s does not trust %s alone", name, address("nginx"))
		}
		if !subnet.Contains(netip.MustParseAddr(address(name))) {
			t.Errorf("%s is not in %s", name, subnet)
		}
	}
	if got := upstreams(t); !slices.Equal(got, want) {
		t.Errorf("nginx leads to %v, the instances are at %v", got, want)
	}
}

// madeSecrets runs make-secrets and gives its folder.
func madeSecrets(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "secrets")
	if out, err := exec.CommandContext(t.Context(), "./make-secrets", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

func TestMadeSecretsFitAndAreKept(t *testing.T) {
	t.Parallel()
	dir := madeSecrets(t)
	read := func(name string) string { return readText(t, filepath.Join(dir, name)) }
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(read("secret_key")))
	if err != nil || len(key) != 32 {
		t.Errorf("the secret key has %d bytes (%v)", len(key), err)
	}
	if want := "mysql://sallyport:" + read("mysql_password") + "@mysql:3306/sallyport?sslmode=require"; read("database_url") != want {
		t.Error("the database's URL has another password")
	}
	password := strings.TrimSpace(strings.TrimPrefix(read("redis.conf"), "requirepass "))
	if want := "redis://:" + password + "@redis:6379/0"; read("redis_url") != want || len(password) < 32 {
		t.Error("Redis's URL has another password")
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder can be entered by others: %v (%v)", info.Mode(), err)
	}
	before := read("secret_key") + read("database_url")
	if out, err := exec.CommandContext(t.Context(), "./make-secrets", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if read("secret_key")+read("database_url") != before {
		t.Error("a second run made other secrets")
	}
}
