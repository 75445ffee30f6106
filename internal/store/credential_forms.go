package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// CredentialForm is a form of stored passwords with its costs, and about how many
// passwords have it. Only imports and what renews their passwords count.
type CredentialForm struct {
	Form   string
	Number int64
}

var (
	formList   = q(`SELECT form, number FROM credential_forms WHERE realm_id = ? AND number > 0 ORDER BY form`)
	formAdd    = q(`UPDATE credential_forms SET number = number + ? WHERE realm_id = ? AND form = ?`)
	formTake   = q(`UPDATE credential_forms SET number = number - 1 WHERE realm_id = ? AND form = ? AND number > 0`)
	formInsert = q(`INSERT INTO credential_forms (realm_id, form, number) VALUES (?, ?, ?)`)
	formOthers = q(`SELECT COUNT(*) FROM credentials WHERE realm_id = ? AND kind = 'password'`)
)

// CredentialForms are the rows of credential_forms.
type CredentialForms struct{ *bound }

// List gives the forms that there are, by name.
func (t CredentialForms) List(ctx context.Context) ([]CredentialForm, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, f *CredentialForm) error {
		return row.Scan(&f.Form, &f.Number)
	}, formList, t.realm)
}

// Add counts n more passwords of a form.
func (t CredentialForms) Add(ctx context.Context, form string, n int64) error {
	for range raiseRounds {
		there, err := t.change(ctx, formAdd, n, t.realm, form)
		if err != nil || there || n == 0 {
			return err
		}
		if err = t.add(ctx, formInsert, t.realm, form, n); !errors.Is(err, ErrTaken) {
			return err
		}
		if err = t.run.Raced(err); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: count a form: too many at once", ErrUnavailable)
}

// Move counts a password of one form as one of another, if there are any of the
// first.
func (t CredentialForms) Move(ctx context.Context, from, to string) error {
	if moved, err := t.change(ctx, formTake, t.realm, from); err != nil || !moved {
		return err
	}
	return t.Add(ctx, to, 1)
}

// Passwords counts the passwords of all users. It reads all of them.
func (t CredentialForms) Passwords(ctx context.Context) (int64, error) {
	return sqlrun.Get(ctx, t.run, sqlrun.Value[int64], formOthers, t.realm)
}
