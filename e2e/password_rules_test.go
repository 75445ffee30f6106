package e2e_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fault"
	rules "github.com/sallyport-auth/sallyport/internal/password"
)

// rulesOf runs the script of the pages (static/rules.js) in node and gives what it
// says of passwords.
const rulesOf = `
import { readFileSync } from "node:fs";
const { script, rules, passwords } = JSON.parse(readFileSync(0, "utf8"));
(0, eval)(readFileSync(script, "utf8"));
const about = ["ada.lovelace@people.example", "Ada Lovelace"];
console.log(JSON.stringify(passwords.map((p) => passwordRules.weakness(rules, p, about))));
`

// What the meter of the pages says agrees with what the server does: it refuses
// what the server refuses for a reason that a browser can know, and nothing that
// the server takes.
func TestTheMeterAgreesWithTheServer(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	for _, algorithm := range []string{rules.Argon2id, rules.Bcrypt} {
		h, err := rules.New(rules.Options{Algorithm: algorithm, Slots: 1, MinLength: 9, Product: "Harbour Books"})
		if err != nil {
			t.Fatal(err)
		}
		passwords := somePasswords(h.Rules().Paths)
		in, err := json.Marshal(map[string]any{"script": "../internal/webui/frame/static/rules.js", "rules": h.Rules(), "passwords": passwords})
		if err != nil {
			t.Fatal(err)
		}
		run := exec.CommandContext(t.Context(), program(t, "node"), "--input-type=module", "-e", rulesOf)
		run.Stdin = bytes.NewReader(in)
		out, err := run.Output()
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		if err := json.Unmarshal(out, &said); err != nil || len(said) != len(passwords) {
			t.Fatalf("%d answers to %d passwords, %v", len(said), len(passwords), err)
		}
		count := map[string]int{}
		for n, p := range passwords {
			count[said[n]]++
			err := h.Acceptable(t.Context(), p, "ada.lovelace@people.example", "Ada Lovelace")
			if complaint := agree(said[n], err); complaint != "" {
				t.Errorf("%s, %q: the page says %q, the server %s", algorithm, p, said[n], complaint)
			}
		}
		for _, what := range []string{"", "short", "long", "regular", "own"} {
			if count[what] < 10 {
				t.Errorf("%s: only %d passwords are %q", algorithm, count[what], what)
			}
		}
	}
}

// agree compares what a page says with what the server does. The lists are the
// server's alone.
func agree(said string, err error) string {
	refused, ok := errors.AsType[*fault.Error](err)
	switch {
	case err == nil && said == "":
		return ""
	case err == nil:
		return "takes it"
	case !ok:
		return err.Error()
	case said != "", refused.Words == "weak_password.common", refused.Words == "weak_password.breached":
		return ""
	default:
		return refused.Words
	}
}

// somePasswords are put together from what people put passwords together from.
func somePasswords(paths []string) []string {
	source := rand.New(rand.NewPCG(1, 2))
	words := []string{
		"violet", "umbrella", "Ada", "LOVELACE", "people", "harbour books", "Straße", "ключ", "密码", "é", "e\u0301", "ﬁsh", "a", "7", " ", "-", "!",
		"2024", "1999", "24.12.1999", "19991224", "12/24/99", "240399", "aaaa", "1111", "abcdef", "9876", "7890123", "zyx", "ябвг", "🙂",
	}
	all := []string{
		"", "aaaaaaaaa", "abababababab", "abcdefghijkl", "01.02.2003", "1qaz2wsx3edc", "adalovelace1", "harbourbooks!", "ada.lovelace@people.example",
		"violet umbrella 27", strings.Repeat("violet umbrella ", 20), strings.Repeat("ü9k", 25), "\U0001F642\U0001F642\U0001F642\U0001F642\U0001F642\U0001F642\U0001F642\U0001F642\U0001F642",
	}
	for n := range 20 {
		all = append(all, "Ada Lovelace "+strconv.Itoa(n), strings.Repeat(fmt.Sprintf("x%dq", n), 100))
	}
	for len(all) < 4000 {
		var p strings.Builder
		for range 1 + source.IntN(5) {
			if source.IntN(3) == 0 {
				path := []rune(paths[source.IntN(len(paths))])
				if source.IntN(2) == 0 {
					slices.Reverse(path)
				}
				from := source.IntN(len(path))
				p.WriteString(string(path[from : from+1+source.IntN(len(path)-from)]))
				continue
			}
			p.WriteString(words[source.IntN(len(words))])
		}
		all = append(all, p.String())
	}
	return all
}
