package frame

import (
	"net/http"
	"time"
)

// Moment is a time as a page shows it: in words and in UTC, until the page's script
// (static/times.js) writes it in the reader's zone. The template "time" writes it.
type Moment struct {
	Instant string // for machines; empty for no time
	Text    string
	Local   string // what the script writes: moment, or day alone
}

// Moment gives day and time.
func (f *Frame) Moment(r *http.Request, t time.Time) Moment {
	return Moment{Instant: t.UTC().Format(time.RFC3339), Text: f.Say(r).Moment(t), Local: "moment"}
}

// Day gives the day alone.
func (f *Frame) Day(r *http.Request, t time.Time) Moment {
	return Moment{Instant: t.UTC().Format(time.RFC3339), Text: f.Say(r).Day(t), Local: "day"}
}
