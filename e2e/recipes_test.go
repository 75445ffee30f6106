package e2e_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
)

// driver is what calls a recipe with the tokens of its command line: it prints
// one line for each, the subject or "refused".
func driver(language string) string {
	return map[string]string{
		"python": `
import sys

for token in sys.argv[1:]:
    try:
        print(verify(token)["sub"])
    except Exception:
        print("refused")
`,
		"js": `
app.use((problem, request, response, next) => response.status(problem.status ?? 500).end());
const server = app.listen(0, '127.0.0.1', async () => {
  for (const token of process.argv.slice(2)) {
    const answer = await fetch('http://127.0.0.1:' + server.address().port, { headers: { Authorization: 'Bearer ' + token } });
    console.log(answer.status === 200 ? (await answer.json()).sub : answer.status === 401 ? 'refused' : answer.status);
  }
  server.close();
});
`,
		"go": `
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
`,
		"java": `
    public static void main(String[] tokens) {
        JwtDecoder decoder = new Recipe().decoder();
        for (String token : tokens) {
            try {
                System.out.println(decoder.decode(token).getSubject());
            } catch (org.springframework.security.oauth2.jwt.JwtException refused) {
                System.out.println("refused");
            }
        }
    }
}
`,
	}[language]
}

// springImports is what an editor adds to the recipe for Spring.
const springImports = `
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

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
	ran := map[string]int{}
	for _, block := range regexp.MustCompile("(?s)```(python|js|go|java)\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		language, recipe := block[1], strings.ReplaceAll(block[2], "https://auth.example.com", w.URL)
		ran[language]++
		said := runRecipe(t, language, recipe, tokens.AccessToken, forged, "garbage")
		if want := strings.Join([]string{tokens.User.ID, "refused", "refused", ""}, "\n"); said != want {
			t.Errorf("%s says %q, want %q:\n%s", language, said, want, recipe)
		}
	}
	if ran["python"] != 2 || ran["js"] != 1 || ran["go"] != 1 || ran["java"] != 1 {
		t.Errorf("the page has other recipes than are run: %v", ran)
	}
}

func runRecipe(t *testing.T, language, recipe string, tokens ...string) string {
	t.Helper()
	dir := t.TempDir()
	program, ending := filepath.Join("..", python, "python"), "py"
	var args []string
	switch language {
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
		recipe = strings.Replace(recipe, `"errors"`, "\"errors\"\n\t\"fmt\"", 1)
		recipe = strings.Replace(recipe, `"net/http"`, "\"net/http\"\n\t\"os\"", 1)
	case "java":
		jars, err := filepath.Abs(filepath.Join("..", spring, "*"))
		if err != nil {
			t.Fatal(err)
		}
		program, ending, args = "java", "java", []string{"-cp", jars}
		recipe = springImports + recipe
	}
	file := filepath.Join(dir, "recipe."+ending)
	if err := os.WriteFile(file, []byte(recipe+driver(language)), 0o600); err != nil {
		t.Fatal(err)
	}
	return contractTool(t, ".", nil, program, append(append(args, file), tokens...)...)
}
