package password_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/password"
)

// TestWeakDigestsAreWrappedAndVerify has digests that the real libraries made. What is
// stored holds no part of them.
func TestWeakDigestsAreWrappedAndVerify(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/weak.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name     string `json:"name"`
		Password string `json:"password"`
		Encoded  string `json:"encoded"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors) < 68 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	h := cheap(t, password.Options{})
	for _, v := range vectors {
		if _, _, ok := password.Import(v.Encoded); ok {
			t.Errorf("%s: taken as it is", v.Name)
		}
		weak, ok := password.ReadWeak(v.Encoded)
		if !ok {
			t.Errorf("%s: cannot be read: %s", v.Name, v.Encoded)
			continue
		}
		stored, err := weak.Wrap(password.Options{Argon2MemoryKiB: 64, Argon2Passes: 1})
		if err != nil || len(stored) > 255 || strings.Contains(stored, v.Encoded[len(v.Encoded)-16:]) {
			t.Errorf("%s: stored as %s, %v", v.Name, stored, err)
		}
		if again, _, ok := password.Import(stored); !ok || again != stored {
			t.Errorf("%s: what was stored cannot be imported: %s", v.Name, stored)
		}
		if got, err := h.Verify(t.Context(), stored, v.Password); err != nil || !got.Match || !got.Rehash {
			t.Errorf("%s: got %+v, %v for %s", v.Name, got, err, stored)
		}
		if got, err := h.Verify(t.Context(), stored, "!"+v.Password); err != nil || got.Match || got.Rehash {
			t.Errorf("%s, wrong password: got %+v, %v", v.Name, got, err)
		}
		form := password.Form(stored)
		if form == "" || password.Form(form) != form || strings.Contains(form, stored[len(stored)-12:]) {
			t.Errorf("%s: the form is %q", v.Name, form)
		}
	}
}

func TestDigestsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "x", strings.Repeat("a", 33), strings.Repeat("g", 32), "md4$salt$" + strings.Repeat("a", 32), "md5$salt$" + strings.Repeat("a", 40),
		"md5$" + strings.Repeat("s", 65) + "$" + strings.Repeat("a", 32), "{SSHA}", "{SSHA}aGFsbG8=", "{CRYPT}x", "{MD5}!",
		"$P$", "$P$Bsaltsalt", "$P$.saltsalt" + strings.Repeat(".", 22), "$P$zsaltsalt" + strings.Repeat(".", 22), "$P$Bsaltsalt" + strings.Repeat("!", 22),
		"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "phpass$saltsalt$" + strings.Repeat("a", 32),
	} {
		if _, ok := password.ReadWeak(text); ok {
			t.Errorf("%q is read", text)
		}
	}
	const outer = "$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, inner := range []string{
		"", "d=md5", "d=md4,o=none,r=0,s=", "d=md5,o=none,r=0,s=AAAA", "d=md5,o=somewhere,r=0,s=AAAA", "d=md5,o=before,r=9,s=AAAA", "d=md5,o=before,r=,s=AAAA",
		"d=phpass,o=before,r=30,s=AAAAAAAAAAA", "d=phpass,o=after,r=13,s=AAAAAAAAAAA", "d=phpass,o=before,r=13,s=AAAA", "d=md5,o=before,r=0,s=!",
	} {
		if form, ok := password.Readable("$wrapped-argon2id$" + inner + outer); ok {
			t.Errorf("%q is read (%s)", inner, form)
		}
	}
	if _, _, ok := password.Import("$wrapped-argon2id$d=md5,o=none,r=0,s=$v=19$m=1048576,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"); ok {
		t.Error("a file may name a wrapped hash of 1 GiB")
	}
}

// TestPasswordsOfFirebaseVerify has the vector that github.com/firebase/scrypt
// publishes.
func TestPasswordsOfFirebaseVerify(t *testing.T) {
	t.Parallel()
	raw := func(s string) []byte {
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	project := password.FirebaseScrypt{
		SignerKey:     raw("jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="),
		SaltSeparator: raw("Bw=="), Rounds: 8, MemCost: 14,
	}
	sum := raw("lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==")
	encoded, err := project.Encode(raw("42xEC+ixf3L2lw=="), sum)
	if err != nil {
		t.Fatal(err)
	}
	stored, form, ok := password.Import(encoded)
	if !ok {
		t.Fatalf("cannot be imported: %s", form)
	}
	h := cheap(t, password.Options{})
	if got, err := h.Verify(t.Context(), stored, "user1password"); err != nil || !got.Match || !got.Rehash {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := h.Verify(t.Context(), stored, "user2password"); err != nil || got.Match {
		t.Errorf("another password: %+v, %v", got, err)
	}
	if form := password.Form(stored); form == "" || password.Form(form) != form {
		t.Errorf("the form is %q", form)
	}
	for _, secret := range [][]byte{project.SignerKey, sum} {
		if strings.Contains(stored, base64.RawStdEncoding.EncodeToString(secret)) {
			t.Error("what is stored holds the signer key, or what it makes")
		}
	}
	if _, err := project.Encode(nil, sum[:10]); err == nil {
		t.Error("half a hash is taken")
	}
}
