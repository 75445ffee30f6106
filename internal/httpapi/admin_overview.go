package httpapi

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/stats"
)

type adminOverviewInput struct {
	Span string `query:"span" enum:"hour,day,week" default:"hour" doc:"The length of each period: 48 hours, 30 days or 13 weeks, in UTC. Weeks begin on Monday."`
}

// AdminConcern is something that needs an operator's attention.
type AdminConcern struct {
	Code   string `json:"code" enum:"no_owner,log_stopped,log_behind,replays,guesses,feed_stale,mail_failing,mail_dead,hooks_failing,hooks_disabled,jobs_dead,jobs_late" doc:"What needs attention." example:"mail_dead"`
	Number int64  `json:"number,omitempty" maximum:"1000" doc:"How many, at most 1000. Absent if it is not counted." example:"3"`
}

// AdminReason is how often something was refused for a reason.
type AdminReason struct {
	Reason string `json:"reason" doc:"The reason." example:"wrong_password"`
	Number int64  `json:"number" doc:"How often." example:"12"`
}

// AdminPeriod is what happened in an hour, a day or a week.
type AdminPeriod struct {
	From       time.Time     `json:"from" doc:"When the period begins. The last one is not over." example:"2026-05-04T10:00:00Z"`
	SignIns    int64         `json:"sign_ins" doc:"Sessions that were opened."`
	SignUps    int64         `json:"sign_ups" doc:"Accounts that were created."`
	Failures   int64         `json:"failed_sign_ins" doc:"Sign-ins and second factors that were refused."`
	FailedBy   []AdminReason `json:"failed_by" nullable:"false" doc:"Refused sign-ins and second factors, by reason."`
	Replays    int64         `json:"replays" doc:"Sessions that ended because a refresh token was used twice."`
	Refusals   int64         `json:"refusals" doc:"Other requests that were refused and recorded."`
	MailSent   int64         `json:"emails_sent" doc:"Emails that a mail server accepted."`
	MailFailed int64         `json:"emails_failed" doc:"Emails that could not be sent."`
	Users      int64         `json:"users" doc:"The highest number of users in the period. 0 if they were not counted."`
	SignedIn   int64         `json:"users_signed_in" doc:"The highest number of users with a session in the period."`
	Sessions   int64         `json:"sessions" doc:"The highest number of sessions in the period."`
}

type adminOverviewBody struct {
	Attention []AdminConcern `json:"attention" nullable:"false" doc:"What needs attention, the most urgent first."`
	Users     int64          `json:"users" doc:"The number of users, counted every 15 minutes."`
	SignedIn  int64          `json:"users_signed_in" doc:"The number of users with a session, counted every 15 minutes."`
	Sessions  int64          `json:"sessions" doc:"The number of sessions, counted every 15 minutes."`
	Periods   []AdminPeriod  `json:"periods" nullable:"false" doc:"The periods, oldest first."`
}
type adminOverviewAnswer struct{ Body adminOverviewBody }

func (s *server) adminOverview(ctx context.Context, _ audit.Operator, in *adminOverviewInput) (*adminOverviewAnswer, error) {
	seen, err := s.Overview.Look(ctx, stats.Span(in.Span))
	if err != nil {
		return nil, err
	}
	out := &adminOverviewAnswer{Body: adminOverviewBody{
		Attention: make([]AdminConcern, 0, len(seen.Concerns)), Users: seen.Users, SignedIn: seen.SignedIn, Sessions: seen.Sessions,
		Periods: make([]AdminPeriod, 0, len(seen.Buckets)),
	}}
	for _, c := range seen.Concerns {
		out.Body.Attention = append(out.Body.Attention, AdminConcern{Code: c.What, Number: c.Number})
	}
	for _, b := range seen.Buckets {
		p := AdminPeriod{
			From: b.At, SignIns: b.SignIns, SignUps: b.SignUps, Failures: b.Failures, FailedBy: []AdminReason{}, Replays: b.Replays,
			Refusals: b.Refusals, MailSent: b.MailSent, MailFailed: b.MailFailed, Users: b.Users, SignedIn: b.SignedIn, Sessions: b.Sessions,
		}
		for _, reason := range slices.Sorted(maps.Keys(b.FailedBy)) {
			p.FailedBy = append(p.FailedBy, AdminReason{reason, b.FailedBy[reason]})
		}
		out.Body.Periods = append(out.Body.Periods, p)
	}
	return out, nil
}
