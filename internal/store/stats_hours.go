package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// HourCount is how often something happened in an hour, or how many there were of
// something.
type HourCount struct {
	Hour   int64 // since 1970, in UTC
	Series string
	Reason string // what a series is divided by; empty if by nothing
	Number int64
}

// Buckets says which hours are put together. A bucket begins at every hour to which
// Before adds up to a multiple of Span.
type Buckets struct{ From, Until, Span, Before int64 }

// BucketCount is the counts of the hours of a bucket, added up, and the highest of them.
type BucketCount struct {
	Bucket int64 // its first hour
	Series string
	Reason string
	Sum    int64
	Most   int64
}

var statsHourTable = Table{
	Name: "stats_hours", Key: 4, Restored: "kept: they count what the backup holds",
	Erased: "kept: nobody's",
	Columns: []Column{
		realm, {"hour", Internal, ""}, {"series", Internal, ""}, {"reason", Internal, ""}, {"number", Internal, ""},
	},
}

var (
	statsInsert = q(`INSERT INTO stats_hours {row stats_hours}`)
	statsAdd    = q(`UPDATE stats_hours SET number = number + ? WHERE realm_id = ? AND hour = ? AND series = ? AND reason = ?`)
	statsSet    = q(`UPDATE stats_hours SET number = ? WHERE realm_id = ? AND hour = ? AND series = ? AND reason = ?`)
	statsSums   = q(`
		SELECT hour - (hour + ?) % ? AS bucket, series, reason, SUM(number), MAX(number)
		FROM stats_hours WHERE realm_id = ? AND hour >= ? AND hour < ?
		GROUP BY bucket, series, reason ORDER BY bucket, series, reason`)
	statsOld   = q(`SELECT hour FROM stats_hours WHERE realm_id = ? AND hour < ? ORDER BY hour LIMIT ?`)
	statsPurge = q(`DELETE FROM stats_hours WHERE realm_id = ? AND hour IN {many} AND +hour < ?`)
)

// StatsHours are the rows of stats_hours.
type StatsHours struct{ *bound }

// Add adds to the count of an hour.
func (t StatsHours) Add(ctx context.Context, c HourCount) error { return t.put(ctx, statsAdd, c) }

// Set puts a count in the place of the one that an hour has.
func (t StatsHours) Set(ctx context.Context, c HourCount) error { return t.put(ctx, statsSet, c) }

func (t StatsHours) put(ctx context.Context, update *sqlrun.Statement, c HourCount) error {
	for range 3 {
		if there, err := t.change(ctx, update, c.Number, t.realm, c.Hour, c.Series, c.Reason); there || err != nil {
			return err
		}
		err := t.add(ctx, statsInsert, t.realm, c.Hour, c.Series, c.Reason, c.Number)
		if !errors.Is(err, ErrTaken) {
			return err
		}
		if err := t.run.Raced(err); err != nil { // somebody was faster
			return err
		}
	}
	return fmt.Errorf("count %s of an hour: %w", c.Series, ErrUnavailable)
}

// Sums adds the hours of each bucket up, the oldest first. Nothing is said of a bucket
// without a count.
func (t StatsHours) Sums(ctx context.Context, b Buckets) ([]BucketCount, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, c *BucketCount) error {
		return row.Scan(&c.Bucket, &c.Series, &c.Reason, (*sum)(&c.Sum), &c.Most)
	}, statsSums, b.Before, b.Span, t.realm, b.From, b.Until)
}

// sum reads a sum, which servers give as a decimal.
type sum int64

// Scan reads a whole number in any form.
func (s *sum) Scan(v any) error {
	var text string
	switch v := v.(type) {
	case int64:
		*s = sum(v)
		return nil
	case []byte:
		text = string(v)
	case string:
		text = v
	default:
		return fmt.Errorf("read a sum from %T", v)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	*s = sum(n)
	return err
}

// Purge deletes the counts of hours before one, oldest first, at most limit of them
// and the rest of the last hour.
func (t StatsHours) Purge(ctx context.Context, before int64, limit int) (int, error) {
	hours, err := sqlrun.List(ctx, t.run, sqlrun.Value[int64], statsOld, t.realm, before, limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, statsPurge, []any{t.realm}, hours, before)
}
