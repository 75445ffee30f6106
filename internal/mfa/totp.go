package mfa

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"rsc.io/qr"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// What RFC 6238 §4 and RFC 4226 §4 leave open.
const (
	period      = 30 // seconds of a time step
	digits      = otp.DigitsSix
	secretBytes = 20 // RFC 4226 §4 R6 recommends 160 bits
	drift       = 1  // steps each way
)

const sealPurpose = "totp secret"

// place binds a sealed secret to its enrolment.
func place(id string) secret.Place {
	return secret.Place{Table: "totp", Column: "secret_sealed", Row: id}
}

// encoding is how apps want secrets.
var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// stepAt is the time step of an instant.
func stepAt(t time.Time) int64 { return t.Unix() / period }

// codeOf is the code of a step (RFC 4226 §5.3).
func codeOf(key string, step int64) (string, error) {
	code, err := hotp.GenerateCodeCustom(key, uint64(step), hotp.ValidateOpts{Digits: digits, Algorithm: otp.AlgorithmSHA1}) //nolint:gosec // steps are positive
	if err != nil {
		return "", fmt.Errorf("make code: %w", err)
	}
	return code, nil
}

// match finds the step of a code: the oldest within the drift that is newer than
// the last one used. Without such a step it is Spent if the code is of one that
// was used.
func match(key, code string, now time.Time, last int64) (int64, Verdict, error) {
	code = secret.TypedCode(code)
	step, v := int64(0), Wrong
	for s := stepAt(now) - drift; s <= stepAt(now)+drift; s++ {
		right, err := codeOf(key, s)
		if err != nil {
			return 0, unknown, err
		}
		if subtle.ConstantTimeCompare([]byte(right), []byte(code)) != 1 || v == Right {
			continue
		}
		if v = Spent; s > last {
			step, v = s, Right
		}
	}
	return step, v, nil
}

// generator is the factor of code generators.
type generator struct{ *Factors }

// Method is MethodTOTP.
func (generator) Method() string { return MethodTOTP }

// Has reports whether a code generator is confirmed.
func (generator) Has(u store.User) bool { return u.TOTP }

// Refusal is ErrWrongCode.
func (generator) Refusal() error { return ErrWrongCode }

// Verify takes a code of a step that is newer than every one that was used.
func (g generator) Verify(ctx context.Context, tx *store.Tx, u store.User, a Answer, _ audit.Origin) (Verdict, []string, error) {
	row, err := tx.TOTPs.ByUser(ctx, u.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && !row.Confirmed() {
		return Wrong, nil, nil // removed a moment ago
	}
	if err != nil {
		return unknown, nil, fmt.Errorf("read authenticator app: %w", err)
	}
	key, err := g.open(ctx, row)
	if err != nil {
		return Wrong, nil, nil //nolint:nilerr // reported; whoever answers learns no more than that it does not count
	}
	step, v, err := match(key, a.Code, g.opts.Clock.Now(), row.LastStep)
	if err != nil || v != Right {
		return v, nil, err
	}
	spent, err := tx.TOTPs.Spend(ctx, u.ID, row.ID, step)
	if err != nil {
		return unknown, nil, err
	}
	if !spent { // by another call
		return Spent, nil, nil
	}
	return Right, []string{session.AMRCode}, nil
}

// open gives the secret as apps want it. One that does not open is reported to
// the operator: neither its owner nor anybody else can do anything about it but
// answer by another factor.
func (f *Factors) open(ctx context.Context, row store.TOTP) (string, error) {
	plain, err := f.opts.Keyring.Open(sealPurpose, place(row.ID), row.SecretSealed)
	if err != nil {
		f.opts.Tally.Add(telemetry.Unreadable, MethodTOTP)
		f.opts.Log.ErrorContext(ctx, "the secret of an authenticator app cannot be decrypted with the given secret keys",
			slog.String("user_id", row.UserID), slog.Any("error", err))
		return "", fmt.Errorf("open the authenticator app's secret: %w", err)
	}
	return encoding.EncodeToString(plain), nil
}

// uri is what a QR code tells an app
// (github.com/google/google-authenticator/wiki/Key-Uri-Format).
func (f *Factors) uri(u store.User, key string) string {
	label := url.PathEscape(f.opts.Issuer) + ":" + url.PathEscape(u.Email)
	// Apps take a plus sign for one.
	issuer := strings.ReplaceAll(url.QueryEscape(f.opts.Issuer), "+", "%20")
	query := "secret=" + key + "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30"
	return "otpauth://totp/" + label + "?" + query
}

// Drawing is a QR code as an SVG of one path, with the quiet zone of four
// modules that ISO/IEC 18004 asks for. Nothing in it comes from outside but
// which modules are dark, and it has no words: whoever shows it names it in the
// language of their page.
func Drawing(text string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("draw QR code: %w", err)
	}
	const quiet = 4
	var path bytes.Buffer
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			width := 0
			for code.Black(x+width, y) { // false outside
				width++
			}
			if width > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, width, width)
				x += width
			}
		}
	}
	size := code.Size + 2*quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>`, size, size, size, size, path.String()), nil
}
