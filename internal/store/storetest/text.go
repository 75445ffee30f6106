package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func textPromises() map[string]promise {
	return map[string]promise{
		"Text/IdentityIsByteForByte": textIdentity,
		"Text/ComesBackAsItWas":      textComesBack,
		"Text/NULIsNeverTheEnd":      textNUL,
	}
}

// lookAlikes are pairs that some collation takes for one.
func lookAlikes() map[string][2]string {
	return map[string][2]string{
		"trailing space": {"Hash-r1", "Hash-r1 "},
		"case":           {"Hash-r2", "hash-r2"},
		"accent":         {"Hash-e", "Hash-\u00e9"},
		"composition":    {"Hash-\u00e9", "Hash-e\u0301"},
		"dotless i":      {"Hash-i", "Hash-\u0131"},
		"sharp s":        {"Hash-ss", "Hash-\u00df"},
		"full width":     {"Hash-1", "Hash-\uff11"},
		"emoji":          {"Hash-\U0001F511", "Hash-\U0001F512"},
		"zero width":     {"Hash-x", "Hash-x\u200b"},
		"tab":            {"Hash-y", "Hash-y\t"},
	}
}

// textIdentity holds every column by which something is found to bytes.
func textIdentity(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	for name, pair := range lookAlikes() {
		a, b := name+pair[0], name+pair[1] // no text stands in two pairs
		first, second := newUser("x"), newUser("y")
		first.EmailCanonical, second.EmailCanonical = a, b
		check(t, d.Users.Insert(ctx, first))
		misses[store.User](t, name)(d.Users.ByEmail(ctx, b))
		check(t, d.Users.Insert(ctx, second))
		reads(t, name, first)(d.Users.ByEmail(ctx, a))
		reads(t, name, second)(d.Users.ByEmail(ctx, b))

		check(t, d.Tokens.Insert(ctx, newToken(u, a)))
		misses[store.OneTimeToken](t, name)(d.Tokens.ByHash(ctx, store.PurposeResetPassword, b))
		check(t, d.Signups.Insert(ctx, newSignup(a, a)))
		misses[store.PendingSignup](t, name)(d.Signups.ByTokenHash(ctx, b))
		reads[[]store.PendingSignup](t, name, nil)(d.Signups.Standing(ctx, b, moment(0), 9))

		check(t, d.Credentials.Insert(ctx, store.Credential{
			ID: name, UserID: first.ID, Kind: store.KindPassword, Secret: a, CreatedAt: moment(0), UpdatedAt: moment(0),
		}))
		changes(t, name, false)(d.Credentials.Replace(ctx, first.ID, store.KindPassword, b, "new", moment(1)))
		for _, subject := range []string{a, b} {
			ok, _, err := d.Attempts.Take(ctx, "login", subject, 1, time.Hour, moment(0))
			changes(t, name, true)(ok, err)
		}
	}
}

func textComesBack(t *testing.T, st *store.Store) {
	for name, text := range map[string]string{
		"empty":       "",
		"spaces":      "  two before and after  ",
		"quotes":      `'single' "double" \ back ` + "`tick` -- ; /* */ % _ ? $1 {now} :name @x",
		"line ends":   "one\r\ntwo\nthree\tfour",
		"four bytes":  "\U0001F511\U0001F9D1\u200d\U0001F680 \U00010348",
		"composed":    "\u00e9 and e\u0301",
		"last points": "\uffff\U0010ffff\ufeff",
		"4 KiB":       strings.Repeat("\U0001F511", 1024),
	} {
		u := newUser(name)
		u.Metadata = text
		check(t, st.Direct().Users.Insert(t.Context(), u))
		reads(t, name, u)(st.Direct().Users.ByID(t.Context(), u.ID))
	}
}

// textNUL promises that a NUL byte is kept or refused. An engine that cut the
// text there would take two secrets for one.
func textNUL(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	c := store.Credential{ID: "c", UserID: u.ID, Kind: "password", Secret: "before\x00after", CreatedAt: moment(0), UpdatedAt: moment(0)}
	if err := d.Credentials.Insert(ctx, c); err != nil {
		t.Logf("refused: %v", err)
		return
	}
	reads(t, "credential", c)(d.Credentials.ByKind(ctx, u.ID, "password"))
	changes(t, "replace what stands before the NUL", false)(d.Credentials.Replace(ctx, u.ID, "password", "before", "x", moment(1)))
	changes(t, "replace another ending", false)(d.Credentials.Replace(ctx, u.ID, "password", "before\x00", "x", moment(1)))
	changes(t, "replace", true)(d.Credentials.Replace(ctx, u.ID, "password", c.Secret, "x", moment(1)))
}
