package mail

import "time"

// Compose lets tests see a message without a job.
func (p *Postman) Compose(l Letter, id string, date time.Time) (Message, error) {
	return p.compose(l, id, date)
}

// Rendered lists the kinds of letters that have templates.
func Rendered() []string { return rendered() }
