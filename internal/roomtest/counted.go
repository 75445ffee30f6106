package roomtest

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Counting is the setting that notes in calls what each transaction does, with a
// limit of mails to an address.
func Counting(calls *[]string, limit int) func(*Settings) {
	return func(s *Settings) { s.around, s.recipientLimit = noted(calls), limit }
}

// noted is what a transaction does to the tables, each with a note. An insert is an
// insert into whatever table, and a read of something that is not there is a read.
func noted(calls *[]string) store.Around {
	reads := regexp.MustCompile(`^SELECT .* FROM (users WHERE realm_id = \? AND email_canonical|pending_signups|one_time_tokens)`)
	return func(_ context.Context, statement string, args []any, do func() error) error {
		note := func(what string) { *calls = append(*calls, what) }
		switch s := strings.HasPrefix; {
		case statement == "BEGIN":
			*calls = nil
		case reads.MatchString(statement):
			note("read")
		case s(statement, "UPDATE users SET epoch = epoch"):
			note("hold")
		case s(statement, "INSERT INTO pending_signups"), s(statement, "INSERT INTO one_time_tokens"):
			note("insert")
		case s(statement, "UPDATE attempts SET tries = tries + 1"):
			note("take")
		case s(statement, "INSERT INTO audit_events"):
			note("record")
		case s(statement, "INSERT INTO jobs"):
			note(fmt.Sprintf("job with %d sealed bytes", len(args[4].(string)))) //nolint:forcetypeassert // it is text
		}
		return do()
	}
}
