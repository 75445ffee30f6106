package stats

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Span is how much time is put together.
type Span string

// The spans, and how many of each are shown.
const (
	Hour Span = "hour" // of two days
	Day  Span = "day"  // of a month
	Week Span = "week" // of a quarter, from Mondays
)

// Spans are all of them.
func Spans() []Span { return []Span{Hour, Day, Week} }

// reach is what a span is in hours, what is shown of it, and how many hours before 1970
// one of them began.
func (s Span) reach() (hours, shown, before int64) {
	switch s {
	case Day:
		return 24, 30, 0
	case Week:
		return 168, 13, 72 // 1970 began on a Thursday
	case Hour:
	}
	return 1, 48, 0
}

// Bucket is the numbers of one span.
type Bucket struct {
	At         time.Time // when it begins
	SignIns    int64
	SignUps    int64
	Failures   int64
	FailedBy   map[string]int64 // by reason
	Replays    int64
	Refusals   int64
	MailSent   int64
	MailFailed int64
	// The highest number in the span; 0 if nobody has counted.
	Users, SignedIn, Sessions int64
}

// Read gives the numbers of a span up to now, the oldest first. The last one is not
// over, and what nothing happened in is there too.
func (l Ledger) Read(ctx context.Context, span Span) ([]Bucket, error) {
	hours, shown, before := span.reach()
	now := hourOf(l.Clock.Now())
	last := now - (now+before)%hours
	first := last - (shown-1)*hours
	rows, err := l.Store.Direct().Stats.Sums(ctx, store.Buckets{From: first, Until: last + hours, Span: hours, Before: before})
	if err != nil {
		return nil, fmt.Errorf("read numbers: %w", err)
	}
	buckets := make([]Bucket, shown)
	for n := range buckets {
		buckets[n].At = time.Unix((first+int64(n)*hours)*int64(time.Hour/time.Second), 0).UTC()
	}
	for _, row := range rows {
		buckets[(row.Bucket-first)/hours].take(row)
	}
	return buckets, nil
}

func (b *Bucket) take(row store.BucketCount) {
	switch row.Series {
	case SignIns:
		b.SignIns += row.Sum
	case SignUps:
		b.SignUps += row.Sum
	case Failures:
		b.Failures += row.Sum
		if b.FailedBy == nil {
			b.FailedBy = map[string]int64{}
		}
		b.FailedBy[row.Reason] += row.Sum
	case Replays:
		b.Replays += row.Sum
	case Refusals:
		b.Refusals += row.Sum
	case MailSent:
		b.MailSent += row.Sum
	case MailFailed:
		b.MailFailed += row.Sum
	case Users:
		b.Users = row.Most
	case SignedIn:
		b.SignedIn = row.Most
	case Sessions:
		b.Sessions = row.Most
	}
}
