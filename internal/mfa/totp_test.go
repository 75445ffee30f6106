package mfa

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"rsc.io/qr"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// rfcKey is the secret of RFC 6238 appendix B, "12345678901234567890".
const rfcKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[int64]string{ // RFC 6238 appendix B, the last six digits
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		got, err := codeOf(rfcKey, stepAt(time.Unix(seconds, 0)))
		if err != nil || got != want {
			t.Errorf("at %d: %s, %v; want %s", seconds, got, err, want)
		}
	}
}

func TestACodeIsTakenOneStepAroundItsOwn(t *testing.T) {
	t.Parallel()
	const at, step = 1111111111, 1111111111 / 30
	now := time.Unix(at, 0)
	for _, test := range []struct {
		name string
		code string
		last int64
		want Verdict
		step int64
	}{
		{"the present one", "050471", 0, Right, step},
		{"with a blank", "050 471", 0, Right, step},
		{"in Arabic digits", "\u0660\u0665\u0660\u0664\u0667\u0661", 0, Right, step},
		{"with a hyphen", "050-471", 0, Right, step},
		{"the one before", "081804", 0, Right, step - 1},
		{"one that was used", "050471", step, Spent, 0},
		{"one older than one that was used", "081804", step, Spent, 0},
		{"a digit short", "05047", 0, Wrong, 0},
		{"a digit more", "0504711", 0, Wrong, 0},
		{"nothing", "", 0, Wrong, 0},
		{"of long ago", "287082", 0, Wrong, 0},
	} {
		got, v, err := match(rfcKey, test.code, now, test.last)
		if err != nil || v != test.want || got != test.step {
			t.Errorf("%s: step %d, %v, %v; want step %d, %v", test.name, got, v, err, test.step, test.want)
		}
	}
	for d := int64(-3); d <= 3; d++ {
		code, err := codeOf(rfcKey, step+d)
		if err != nil {
			t.Fatal(err)
		}
		want := Wrong
		if d >= -1 && d <= 1 {
			want = Right
		}
		if _, v, _ := match(rfcKey, code, now, 0); v != want {
			t.Errorf("%d steps away: %v, want %v", d, v, want)
		}
	}
}

func TestTheDrawingIsTheQRCode(t *testing.T) {
	t.Parallel()
	f := New(Options{Issuer: "Sallyport & Sons"})
	text := f.uri(store.User{Email: "a+b:c@people.example"}, rfcKey)
	want := "otpauth://totp/Sallyport%20&%20Sons:a+b:c@people.example?secret=" + rfcKey + "&issuer=Sallyport%20%26%20Sons&algorithm=SHA1&digits=6&period=30"
	if text != want {
		t.Errorf("the URI is %s\nwant %s", text, want)
	}
	svg, err := Drawing(text)
	if err != nil {
		t.Fatal(err)
	}
	var parsed struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(svg), &parsed); err != nil || len(parsed.Paths) != 2 {
		t.Fatalf("%v: %s", err, svg)
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	size := code.Size + 8
	if want := fmt.Sprintf("0 0 %d %d", size, size); parsed.ViewBox != want {
		t.Errorf("the view is %q, want %q", parsed.ViewBox, want)
	}
	dark := map[[2]int]bool{}
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(parsed.Paths[1].D, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		width, _ := strconv.Atoi(m[3])
		for n := range width {
			dark[[2]int{x + n, y}] = true
		}
	}
	for y := range size {
		for x := range size {
			if dark[[2]int{x, y}] != code.Black(x-4, y-4) {
				t.Fatalf("module %d, %d is wrong", x, y)
			}
		}
	}
}

// Who still has a passkey is not to read that their password alone signs in.
func TestWhoeverRemovesTheirAppReadsWhatIsLeft(t *testing.T) {
	t.Parallel()
	for passkeys, left := range map[int64]bool{0: false, 2: true} {
		l := totpRemoved(store.User{Passkeys: passkeys}, audit.Origin{Address: "192.0.2.1"}, time.Unix(0, 0))
		if l.Kind != mail.TOTPRemoved || l.Data[mail.DataAddress] != "192.0.2.1" || l.Data[mail.DataPasskeys] != "" != left {
			t.Errorf("with %d passkeys: %+v", passkeys, l)
		}
	}
}

func TestRecoveryCodesAreLongReadableAndForgiving(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){5}$`)
	seen := map[string]bool{}
	for range 1000 {
		code := newCode()
		if !form.MatchString(code) || seen[code] {
			t.Fatalf("%q is of another form, or came twice", code)
		}
		seen[code] = true
	}
	const code = "01ab-cdef-ghjk-mnpq-rstv-wxyz"
	for _, typed := range []string{"01AB-CDEF-GHJK-MNPQ-RSTV-WXYZ", "01abcdefghjkmnpqrstvwxyz", " O1ab cdef ghjk mnpq rstv wxyz ", "oiab-cdef-ghjk-mnpq-rstv-wxyz", "Olab-cdef-ghjk-mnpq-rstv-wxyz"} {
		if hashOf("ada", typed) != hashOf("ada", code) {
			t.Errorf("%q is another code", typed)
		}
	}
	if hashOf("bob", code) == hashOf("ada", code) || hashOf("ada", strings.Replace(code, "z", "y", 1)) == hashOf("ada", code) {
		t.Error("two codes have one hash")
	}
}
