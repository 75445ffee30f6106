package httpapi_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
)

var update = flag.Bool("update", false, "write golden files")

// document is what the tests read of the contract.
type document struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		OperationID string                `json:"operationId"`
		Summary     string                `json:"summary"`
		Tags        []string              `json:"tags"`
		Security    []map[string][]string `json:"security"`
		Responses   map[string]responseOf `json:"responses"`
		RequestBody map[string]any        `json:"requestBody"`
		Parameters  []parameterOf         `json:"parameters"`
	} `json:"paths"`
	Components struct {
		Schemas         map[string]any `json:"schemas"`
		SecuritySchemes map[string]any `json:"securitySchemes"`
	} `json:"components"`
}

type parameterOf struct {
	Name     string `json:"name"`
	In       string `json:"in"`
	Required bool   `json:"required"`
}

type responseOf struct {
	Description string         `json:"description"`
	Headers     map[string]any `json:"headers"`
	Content     map[string]any `json:"content"`
}

func readContract(t *testing.T) (text []byte, d document) {
	t.Helper()
	text = must(httpapi.OpenAPI())
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return text, d
}

func TestTheContractIsCommitted(t *testing.T) {
	t.Parallel()
	text, d := readContract(t)
	const path = "../../docs/openapi.json"
	if *update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(committed), string(text)); diff != "" {
		t.Errorf("docs/openapi.json is out of date: run make gen\n%s", diff)
	}
	for range 5 {
		if again := must(httpapi.OpenAPI()); string(again) != string(text) {
			t.Fatal("the contract differs from one time to the next")
		}
	}
	if d.OpenAPI != "3.1.0" {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	if valid, findings := contractOf().ValidateDocument(); !valid {
		t.Error(findings)
	}
}

func TestTheContractNamesTheSurfaceAndNothingElse(t *testing.T) {
	t.Parallel()
	_, d := readContract(t)
	surface := map[string]string{}
	for _, r := range httpapi.Routes() {
		surface[strings.ToLower(r.Method)+" "+r.Path] = r.ID
	}
	described := map[string]string{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			described[method+" "+path] = op.OperationID
		}
	}
	if diff := cmp.Diff(surface, described); diff != "" {
		t.Error(diff)
	}
}

func TestEveryOperationIsDescribedWhole(t *testing.T) {
	t.Parallel()
	text, d := readContract(t)
	for _, r := range httpapi.Routes() {
		op := d.Paths[r.Path][strings.ToLower(r.Method)]
		if op.Summary == "" || len(op.Tags) != 1 {
			t.Errorf("%s has no summary or no tag", r.ID)
		}
		statuses := slices.Sorted(maps.Keys(op.Responses))
		need := []string{}
		if strings.HasPrefix(r.Path, "/auth/") {
			need = append(need, "400", "500", "503")
		}
		if r.SignedIn {
			need = append(need, "401")
			if fmt.Sprint(op.Security) != "[map[accessToken:[]]]" {
				t.Errorf("%s is for signed-in users, and says %v", r.ID, op.Security)
			}
		}
		if r.Limit {
			need = append(need, "429")
		}
		kind := "application/problem+json"
		if oauth := strings.HasPrefix(r.Path, "/oauth2/"); oauth {
			kind = "application/json"
			need = append(need, "400", "401", "413", "500", "503")
		} else if op.RequestBody != nil {
			need = append(need, "413", "415", "422")
		}
		for _, status := range need {
			if !slices.Contains(statuses, status) {
				t.Errorf("%s does not describe %s", r.ID, status)
			}
		}
		for status, response := range op.Responses {
			if response.Description == "" || response.Headers["X-Request-ID"] == nil {
				t.Errorf("%s %s has no description or no X-Request-ID", r.ID, status)
			}
			if status >= "400" && response.Content[kind] == nil {
				t.Errorf("%s %s is no %s", r.ID, status, kind)
			}
		}
	}
	if secret := regexp.MustCompile(`spr_|spv_|spw_|eyJ`).Find(text); secret != nil {
		t.Errorf("an example looks like a secret: %s", secret)
	}
	if strings.Contains(string(text), "ErrorModel") {
		t.Error("huma's own errors are in the contract")
	}
}

// TestEveryPartOfTheContractIsToldInASentence holds each description to a form
// that reads well beside the others: a capital letter or a name first, a full stop
// last, and more than a word or two.
func TestEveryPartOfTheContractIsToldInASentence(t *testing.T) {
	t.Parallel()
	text, _ := readContract(t)
	var contract any
	if err := json.Unmarshal(text, &contract); err != nil {
		t.Fatal(err)
	}
	sentence := regexp.MustCompile("^[A-Z`][^ ]*( [^ ]+)+[.]$")
	said := func(where string, node map[string]any) {
		if d, _ := node["description"].(string); !sentence.MatchString(d) && node["$ref"] == nil {
			t.Errorf("%s is told as %q", where, d)
		}
	}
	var walk func(where string, node any)
	walk = func(where string, node any) {
		switch n := node.(type) {
		case map[string]any:
			if n["operationId"] != nil || n["in"] == "query" || n["in"] == "path" || n["in"] == "header" {
				said(where, n)
			}
			for key, below := range n {
				at := where + "/" + key
				members, _ := below.(map[string]any)
				if key == "properties" || key == "responses" || key == "headers" || key == "securitySchemes" {
					for name, below := range members {
						part, ok := below.(map[string]any)
						if status := at + "/" + name; ok && !strings.Contains(status, "/responses/4") && !strings.Contains(status, "/responses/5") {
							said(status, part)
						}
					}
				}
				if key != "examples" && key != "example" {
					walk(at, below)
				}
			}
		case []any:
			for i, below := range n {
				walk(fmt.Sprintf("%s/%d", where, i), below)
			}
		}
	}
	walk("", contract)
}

// TestEveryCodeOfTheContractIsDocumented compares the codes that the contract
// names with docs/errors.md, and those of OAuth with docs/clients.md.
func TestEveryCodeOfTheContractIsDocumented(t *testing.T) {
	t.Parallel()
	_, d := readContract(t)
	problems, oauth := string(must(os.ReadFile("../../docs/errors.md"))), string(must(os.ReadFile("../../docs/clients.md")))
	for path, methods := range d.Paths {
		page := problems
		if strings.HasPrefix(path, "/oauth2/") {
			page = oauth
		}
		for _, op := range methods {
			for status, response := range op.Responses {
				if status < "400" {
					continue
				}
				for _, code := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(response.Description, -1) {
					if row := "| `" + code[1] + "` | " + status + " |"; code[1] != "checks" && !strings.Contains(page, row) {
						t.Errorf("%s %s: the page of errors has no %s", path, status, row)
					}
				}
			}
		}
	}
}
