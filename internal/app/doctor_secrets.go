package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// secretsAtOnce is how many rows a look reads at a time.
	secretsAtOnce = 1000
	// secretsWithin bounds a look at all of them.
	secretsWithin = 30 * time.Second
	// usersNamed is how many users a finding names.
	usersNamed = 10
)

// examineSecrets looks for stored secrets that cannot be used: passwords of a
// form that is not read, and code generators that do not open. What it has not
// seen when ctx ends it says.
func examineSecrets(ctx context.Context, st *store.Store, ring *secret.Keyring) []Finding {
	return []Finding{examinePasswords(ctx, st), examineGenerators(ctx, st, ring)}
}

func examinePasswords(ctx context.Context, st *store.Store) Finding {
	var seen unusable
	err := everyRow(func(page store.Page) (string, int, error) {
		rows, err := st.Direct().Credentials.List(ctx, store.KindPassword, page)
		last := ""
		for _, row := range rows {
			last = row.UserID
			if form, ok := password.Readable(row.Secret); !ok {
				seen.note(row.UserID, form)
			}
		}
		return last, len(rows), err
	})
	return seen.finding("passwords", "stored passwords", "cannot be read", "their users can sign in after a password reset", err)
}

func examineGenerators(ctx context.Context, st *store.Store, ring *secret.Keyring) Finding {
	var seen unusable
	err := everyRow(func(page store.Page) (string, int, error) {
		rows, err := st.Direct().TOTPs.Sealed(ctx, page)
		last := ""
		for _, row := range rows {
			last = row.UserID
			if !mfa.Opens(ring, row) {
				seen.note(row.UserID, "sealed with another key, or damaged")
			}
		}
		return last, len(rows), err
	})
	return seen.finding("code_generators", "secrets of authenticator apps", "cannot be decrypted",
		"set the secret key that encrypted them; until then, their users can use a recovery code", err)
}

// everyRow calls read for page after page until one is not full. read gives the
// place of its last row and how many rows it read.
func everyRow(read func(store.Page) (last string, n int, err error)) error {
	for page := (store.Page{Limit: secretsAtOnce}); ; {
		last, n, err := read(page)
		if err != nil || n < page.Limit {
			return err
		}
		page.After = last
	}
}

// unusable collects secrets that cannot be used.
type unusable struct {
	forms map[string]int
	users []string
	n     int
}

func (u *unusable) note(userID, form string) {
	if u.forms == nil {
		u.forms = map[string]int{}
	}
	u.forms[form]++
	if u.n++; len(u.users) < usersNamed {
		u.users = append(u.users, userID)
	}
}

func (u *unusable) finding(what, secrets, fail, mend string, err error) Finding {
	until := ""
	if err != nil {
		until = "; not all were looked at: " + err.Error()
	}
	if u.n == 0 && err != nil {
		return Finding{what, Warn, "none of the " + secrets + " seen so far is unusable" + until, "run sallyport doctor again"}
	}
	if u.n == 0 {
		return Finding{what, Good, "all " + secrets + " can be used", ""}
	}
	var forms []string
	for _, form := range slices.Sorted(maps.Keys(u.forms)) {
		forms = append(forms, fmt.Sprintf("%d %s", u.forms[form], form))
	}
	users := strings.Join(u.users, " ")
	if u.n > len(u.users) {
		users += " and others"
	}
	return Finding{what, Warn, fmt.Sprintf("%d %s %s (%s): users %s%s", u.n, secrets, fail, strings.Join(forms, ", "), users, until), mend}
}
