package e2e_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	_ "github.com/coreos/go-oidc/v3/oidc" // what the recipe for it is built with

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
)

// recipe is how a recipe of docs/verifying-tokens.md is run: what an editor would
// add before it, and what calls it with the tokens of its command line after it.
// It prints one line for each, the subject or "refused".
type recipe struct {
	language, before, after string
}

// recipes are all, by the heading that they stand under.
func recipes() map[string]recipe {
	const python = `
import sys

for token in sys.argv[1:]:
    try:
        print(verify(token)["sub"])
    except Exception:
        print("refused")
`
	return map[string]recipe{
		"Python: PyJWT":   {language: "python", after: python},
		"Python: Authlib": {language: "python", after: python},
		"JavaScript: Express": {language: "js", after: `
app.use((problem, request, response, next) => response.status(problem.status ?? 500).end());
const server = app.listen(0, '127.0.0.1', async () => {
  for (const token of process.argv.slice(2)) {
    const answer = await fetch('http://127.0.0.1:' + server.address().port, { headers: { Authorization: 'Bearer ' + token } });
    console.log(answer.status === 200 ? (await answer.json()).sub : answer.status === 401 ? 'refused' : answer.status);
  }
  server.close();
});
`},
		"JavaScript: jose": {language: "js", after: `
for (const token of process.argv.slice(2)) {
  console.log(await verify(token).then((claims) => claims.sub, () => 'refused'));
}
`},
		"Go: golang-jwt": {language: "go", after: `
func main() {
	set, err := readKeys()
	if err != nil {
		panic(err)
	}
	for _, token := range os.Args[1:] {
		claims, err := verify(set, token)
		if err != nil {
			fmt.Println("refused")
			continue
		}
		fmt.Println(claims["sub"])
	}
}
`},
		"Go: go-oidc": {language: "go", after: `
func main() {
	verifier := newVerifier(context.Background())
	for _, token := range os.Args[1:] {
		subject, err := verify(context.Background(), verifier, token)
		if err != nil {
			subject = "refused"
		}
		fmt.Println(subject)
	}
}
`},
		"Java: Nimbus": {
			language: "java", before: nimbusImports, after: `
    public static void main(String[] tokens) throws Exception {
        var processor = processor();
        for (String token : tokens) {
            try {
                System.out.println(processor.process(token, null).getSubject());
            } catch (BadJOSEException | java.text.ParseException refused) {
                System.out.println("refused");
            }
        }
    }
}
`,
		},
	}
}

const nimbusImports = `
import com.nimbusds.jose.*;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.*;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.*;
import java.net.URI;
import java.util.Set;

public class Recipe {
`

// TestTheRecipesVerifyTokens as they stand in docs/verifying-tokens.md.
func TestTheRecipesVerifyTokens(t *testing.T) {
	t.Parallel()
	needContractTools(t)
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	// The issuer of the tokens is where the keys are found.
	listen := fmt.Sprintf("127.0.0.1:%d", port)
	w := &world{}
	w.start(t, apptest.Options{Env: []string{
		"SALLYPORT_LISTEN=" + listen, "SALLYPORT_PUBLIC_URL=http://" + listen, "SALLYPORT_REQUIRE_VERIFIED_EMAIL=false",
	}})
	email := address(t, 1)
	w.Post(t, "/auth/sign_up", credentials{email, password}).Want(t, http.StatusCreated, "")
	tokens := w.login(t, email, password)
	page, err := os.ReadFile("../docs/verifying-tokens.md")
	if err != nil {
		t.Fatal(err)
	}
	header, rest, _ := strings.Cut(tokens.AccessToken, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	forged := header + "." + payload + "." + strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, signature)
	all := recipes()
	block := regexp.MustCompile("(?s)```(?:python|js|go|java)\n(.*?)```")
	for _, section := range regexp.MustCompile("\n##+ ").Split(string(page), -1) {
		heading, text, _ := strings.Cut(section, "\n")
		found := block.FindStringSubmatch(text)
		if found == nil {
			continue // prose
		}
		r, known := all[heading]
		if !known {
			t.Errorf("nothing runs the recipe of %q", heading)
			continue
		}
		delete(all, heading)
		code := strings.ReplaceAll(found[1], "https://auth.example.com", w.URL)
		said := r.run(t, code, tokens.AccessToken, forged, "garbage")
		if want := strings.Join([]string{tokens.User.ID, "refused", "refused", ""}, "\n"); said != want {
			t.Errorf("%s says %q, want %q:\n%s", heading, said, want, code)
		}
	}
	for heading := range all {
		t.Errorf("the page has no recipe for %s", heading)
	}
}

func (r recipe) run(t *testing.T, code string, tokens ...string) string {
	t.Helper()
	dir := t.TempDir()
	program, ending := filepath.Join("..", python, "python"), "py"
	var args []string
	switch r.language {
	case "js":
		packages, err := filepath.Abs("contract/node_modules")
		if err == nil {
			err = os.Symlink(packages, filepath.Join(dir, "node_modules"))
		}
		if err != nil {
			t.Fatal(err)
		}
		program, ending = "node", "mjs"
	case "go":
		program, ending, args = "go", "go", []string{"run"}
		code = strings.Replace(code, "import (\n", "import (\n\t\"fmt\"\n\t\"os\"\n", 1)
	case "java":
		jars, err := filepath.Abs(filepath.Join("..", nimbus, "*"))
		if err != nil {
			t.Fatal(err)
		}
		program, ending, args = "java", "java", []string{"-cp", jars}
	}
	file := filepath.Join(dir, "recipe."+ending)
	if err := os.WriteFile(file, []byte(r.before+code+r.after), 0o600); err != nil {
		t.Fatal(err)
	}
	return contractTool(t, ".", nil, program, append(append(args, file), tokens...)...)
}
