package httpapi

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// followersPerClient is how many requests for pages one client may have under way
// at one instance: each of its processes follows with one.
const followersPerClient = 2000

type revocationsInput struct {
	After int64   `query:"after" minimum:"0" doc:"The number up to which the client has every entry. 0 begins with the first." example:"0"`
	Mark  string  `query:"mark" maxLength:"16" pattern:"^[A-Za-z0-9_-]*$" doc:"The mark of that number, from the page that ended there." example:"q83vEjRWeJA"`
	Nonce string  `query:"nonce" required:"true" minLength:"1" maxLength:"64" pattern:"^[!-~]*$" doc:"A random value for this request. The page repeats it." example:"5X2kQw8hR1zYt0nB"`
	Wait  float64 `query:"wait" minimum:"0" maximum:"30" doc:"How many seconds the answer may take while there is nothing new. The server may answer earlier." example:"1.2"`
}

type revocationsAnswer struct {
	ContentType  string `header:"Content-Type" doc:"Always application/jwt."`
	CacheControl string `header:"Cache-Control" doc:"Always no-store."`
	Body         []byte
}

// getRevocations answers a client that follows the revocation feed. A client is
// looked up once in a while; the page is what costs.
func (s *server) getRevocations(ctx context.Context, in *revocationsInput) (*revocationsAnswer, error) {
	c, err := s.following(ctx)
	if err != nil {
		return nil, err
	}
	if math.IsNaN(in.Wait) { // which is neither below nor above a bound
		return nil, fault.ErrInvalidInput.WithFields(fault.Wrong("wait", "invalid"))
	}
	if !c.MayFollow() {
		return nil, client.ErrInsufficientScope
	}
	if !s.followers.begin(c.ClientID) {
		return nil, ratelimit.ErrLimited.WithRetryAfter(time.Second)
	}
	defer s.followers.end(c.ClientID)
	page, err := s.Feed.Signed(ctx, token.PageRequest{
		ClientID: c.ClientID, After: in.After, Mark: in.Mark, Nonce: in.Nonce, Wait: time.Duration(in.Wait * float64(time.Second)),
	})
	if err != nil {
		return nil, err
	}
	return &revocationsAnswer{ContentType: "application/jwt", CacheControl: "no-store", Body: []byte(page)}, nil
}

// following is the client that calls. One that was let in a moment ago costs
// neither a statement nor a unit of a limit.
func (s *server) following(ctx context.Context) (client.Authenticated, error) {
	r := frame.CallOf(ctx).Request
	sent, err := credentialsOf(r, nil)
	if err != nil {
		return client.Authenticated{}, err
	}
	if c, known := s.Clients.Recognize(ctx, sent); known {
		return c, nil
	}
	if err := s.Limits.Allow(ctx, ratelimit.OAuth, ratelimit.Client(middleware.ClientAddress(ctx))); err != nil {
		return client.Authenticated{}, err
	}
	return s.callingClient(ctx, nil)
}

// followers counts the requests under way of each client.
type followers struct {
	mu       sync.Mutex
	underWay map[string]int
}

func (f *followers) begin(clientID string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.underWay == nil {
		f.underWay = map[string]int{}
	}
	if f.underWay[clientID] >= followersPerClient {
		return false
	}
	f.underWay[clientID]++
	return true
}

func (f *followers) end(clientID string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.underWay[clientID]--; f.underWay[clientID] == 0 {
		delete(f.underWay, clientID)
	}
}
