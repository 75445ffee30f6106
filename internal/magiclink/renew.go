package magiclink

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Renewals refuse to renew: a code is bound to a browser that nobody waits at any
// more.
func (*Links) Renewals() mail.Renewals {
	return mail.Renewals{link.MagicLink: func(_ context.Context, _ *store.Tx, l mail.Letter) (mail.Letter, error) {
		return l, jobs.Obsolete("the sign-in by email has to be requested again")
	}}
}
