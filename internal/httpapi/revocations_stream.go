package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	// streamGap is the least time between two pages of a stream at the head: what is
	// revoked meanwhile shares a page.
	streamGap = 50 * time.Millisecond
	// streamWrites bounds how long a client may take to read an event.
	streamWrites = 30 * time.Second
)

// streamed gives pages as server-sent events, each with its end as its id, until
// the client goes, may follow no more, or has to begin again, or the server stops.
// A stream is for mirrors: one that is held up shows old pages as new, so that its
// pages make nobody current.
func (s *server) streamed(ctx context.Context, r token.PageRequest, last string) (*revocationsAnswer, error) {
	if last != "" {
		number, mark, _ := strings.Cut(last, ".")
		after, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fault.ErrInvalidInput.WithFields(fault.Wrong("Last-Event-ID", "invalid"))
		}
		r.After, r.Mark = after, mark
	}
	heartbeat := token.MaxPageWait
	if r.Wait > 0 {
		heartbeat = min(max(r.Wait, time.Second), heartbeat)
	}
	if !s.followers.begin(r.ClientID) {
		return nil, ratelimit.ErrLimited.WithRetryAfter(time.Second)
	}
	r.Wait = 0 // the first page comes at once, or is refused with a status
	page, err := s.Feed.Signed(ctx, r)
	if err != nil {
		s.followers.end(r.ClientID)
		return nil, err
	}
	return &revocationsAnswer{ContentType: typeStream, CacheControl: "no-store", Body: func(hc huma.Context) {
		defer s.followers.end(r.ClientID)
		_, w := humago.Unwrap(hc)
		for sendEvent(w, page) == nil && continues(r, page.Page) && !s.Feed.Stopped() {
			r.After, r.Mark, r.Wait = page.To, page.Mark, heartbeat
			if page.To == page.Head && !clock.Sleep(ctx, streamGap) {
				return
			}
			if page, err = s.Feed.Signed(ctx, r); err != nil {
				return
			}
			if _, err = s.following(ctx); err != nil { // asked last, so that nothing is sent to who was disabled meanwhile
				return
			}
		}
	}}, nil
}

// continues reports whether a page goes on where the one before it ended, so that
// the client need not begin again.
func continues(r token.PageRequest, page jws.Page) bool {
	return page.To >= page.From && (r.After == 0 || page.FromMark == "" || page.FromMark == r.Mark)
}

// sendEvent writes a page as one event. A page is base64url and dots: it holds no
// end of a line.
func sendEvent(w http.ResponseWriter, page token.SignedPage) error {
	c := http.NewResponseController(w)
	now := clock.System{}.Now() // connections go by the clock of the machine
	for _, err := range []error{c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(now.Add(streamWrites))} {
		if err != nil && !errors.Is(err, errors.ErrUnsupported) { // there is no connection in some tests
			return err
		}
	}
	if _, err := fmt.Fprintf(w, "id: %d.%s\ndata: %s\n\n", page.To, page.Mark, page.Text); err != nil {
		return err
	}
	return c.Flush()
}
