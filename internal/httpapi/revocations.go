package httpapi

import (
	"context"
	"io"
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

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

// Media types of the feed.
const (
	typeJWT    = "application/jwt"
	typeStream = "text/event-stream"
)

type revocationsInput struct {
	After int64   `query:"after" minimum:"0" doc:"The number up to which the client has every entry. 0 begins with the first." example:"0"`
	Mark  string  `query:"mark" maxLength:"16" pattern:"^[A-Za-z0-9_-]*$" doc:"The mark of that number, from the page that ended there." example:"q83vEjRWeJA"`
	Nonce string  `query:"nonce" required:"true" minLength:"1" maxLength:"64" pattern:"^[!-~]*$" doc:"A random value for this request. The page repeats it." example:"5X2kQw8hR1zYt0nB"`
	Wait  float64 `query:"wait" minimum:"0" maximum:"30" doc:"How many seconds the answer may take while there is nothing new. The server may answer earlier." example:"1.2"`
	Last  string  `header:"Last-Event-ID" pattern:"^[0-9]{1,19}\\.[A-Za-z0-9_-]{0,16}$" doc:"The id of the last event that came. A stream goes on behind it, whatever the query says." example:"42.q83vEjRWeJA"`
}

type revocationsAnswer struct {
	ContentType  string `header:"Content-Type" doc:"Either application/jwt, or text/event-stream if that was asked for."`
	CacheControl string `header:"Cache-Control" doc:"Always no-store."`
	Body         func(huma.Context)
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
	asked := token.PageRequest{
		ClientID: c.ClientID, After: in.After, Mark: in.Mark, Nonce: in.Nonce, Wait: time.Duration(in.Wait * float64(time.Second)),
	}
	if middleware.Names(frame.CallOf(ctx).Request.Header["Accept"], typeStream) {
		return s.streamed(ctx, asked, in.Last)
	}
	if !s.followers.begin(c.ClientID) {
		return nil, ratelimit.ErrLimited.WithRetryAfter(time.Second)
	}
	defer s.followers.end(c.ClientID)
	from := s.Clock.Now()
	page, err := s.Feed.Signed(ctx, asked)
	if err != nil {
		return nil, err
	}
	waited := min(asked.Wait, s.Clock.Now().Sub(from))
	return &revocationsAnswer{ContentType: typeJWT, CacheControl: "no-store", Body: func(hc huma.Context) {
		_, w := humago.Unwrap(hc)
		middleware.Waited(w, waited)
		_, _ = io.WriteString(hc.BodyWriter(), page.Text)
	}}, nil
}

// following is the client that calls, if it may follow the feed. One that was let in a moment ago costs
// neither a statement nor a unit of a limit.
func (s *server) following(ctx context.Context) (client.Authenticated, error) {
	r := frame.CallOf(ctx).Request
	sent, err := s.credentialsOfFollower(r)
	if err != nil {
		return client.Authenticated{}, err
	}
	c, known := s.Clients.Recognize(ctx, sent)
	if !known {
		if err := s.Limits.Allow(ctx, ratelimit.OAuth, ratelimit.Client(middleware.ClientAddress(ctx))); err != nil {
			return client.Authenticated{}, err
		}
		if c, err = s.letIn(ctx, sent); err != nil {
			return client.Authenticated{}, err
		}
	}
	if !c.MayFollow() {
		return client.Authenticated{}, client.ErrInsufficientScope
	}
	return c, nil
}

// credentialsOfFollower reads how a client that follows the feed says who it is. There
// is no body, and the query stands in logs: an assertion comes as a bearer token.
func (s *server) credentialsOfFollower(r *http.Request) (client.Credentials, error) {
	const scheme = "Bearer "
	lines := r.Header["Authorization"]
	if len(lines) != 1 || len(lines[0]) < len(scheme) || !strings.EqualFold(lines[0][:len(scheme)], scheme) {
		return s.credentialsOf(r, nil)
	}
	return s.asserted(r, "", lines[0][len(scheme):]), nil
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
