package guard

import "time"

// Metrics is told what happens. Its methods are called while requests wait, so
// they must be quick, and from many goroutines.
type Metrics interface {
	// Decided is called for each token with "pass" or the code of the refusal.
	Decided(outcome string)
	// Followed is called after each request for the feed.
	Followed(Status)
}

// Status says how good a guard is.
type Status struct {
	Current bool          // whether a token without an entry passes
	History string        // of the server's database
	Number  int64         // every revocation up to this one was applied
	Entries int           // revocations that are held
	Age     time.Duration // of that knowledge; 0 if there is none yet
	Keys    int           // that are published
	Err     error         // what came of the last request for the feed
}
