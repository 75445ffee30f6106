package audit

import "strconv"

// Operator is who acts on what is not their own: a user, or somebody who runs a
// command on the server's machine. Of the latter the trail knows the name
// ([Trail.OfCommand]).
type Operator struct {
	UserID    string
	SessionID string // from which the user asks
	Machine   bool   // has the machine, and so the database: no rank binds them, and they have no session
	Origin    Origin
}

// OfCommand returns the trail of a process that a user of the operating system runs
// to act: events that name no other actor are that user's, as "os:" and the number by
// which the system knows them.
func (t *Trail) OfCommand(systemID int) *Trail {
	own := *t
	own.actor = "os:" + strconv.Itoa(systemID)
	return &own
}

// Event is a success of the operator's that concerns a user, or nobody in
// particular.
func (o Operator) Event(kind, userID string) Event {
	return Event{Kind: kind, Outcome: Success, ActorID: o.UserID, UserID: userID, Origin: o.Origin}
}
