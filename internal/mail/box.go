package mail

import (
	"context"
	"html"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
)

// Captured is a message that a [Box] holds. Its JSON form is what
// /dev/mailbox.json lists.
type Captured struct {
	ID         string    `json:"-"`
	To         string    `json:"to"`
	Subject    string    `json:"subject"`
	Text       string    `json:"text"`
	HTML       string    `json:"html"`
	Links      []string  `json:"links"` // each once, in order of appearance; never nil
	ReceivedAt time.Time `json:"received_at"`
}

// Box is the mailbox of development: a transport that keeps what it is given in
// memory, at most a fixed number, the oldest going first. It is safe for
// concurrent use. Whoever can read it can take over every account, so the
// program offers it on a local public URL only.
type Box struct {
	clock clock.Clock
	max   int
	link  *regexp.Regexp
	href  *regexp.Regexp

	mu       sync.Mutex
	messages []Captured // oldest first
}

var _ Transport = (*Box)(nil)

// NewBox returns an empty mailbox that keeps the last max messages.
func NewBox(clk clock.Clock, maxMessages int) *Box {
	return &Box{
		clock: clk, max: max(maxMessages, 1),
		link: regexp.MustCompile(`https?://[^\s<>"]*[^\s<>"().,;:!?]`),
		href: regexp.MustCompile(`href="(https?://[^"]*)"`),
	}
}

// Send keeps m.
func (b *Box) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := Captured{
		ID: id.Ordered(), To: m.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML,
		Links: b.links(m), ReceivedAt: b.clock.Now().UTC(),
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.messages = append(b.messages, c)
	if over := len(b.messages) - b.max; over > 0 {
		b.messages = slices.Delete(b.messages, 0, over)
	}
	return nil
}

func (b *Box) links(m Message) []string {
	links := b.link.FindAllString(m.Text, -1)
	for _, found := range b.href.FindAllStringSubmatch(m.HTML, -1) {
		links = append(links, html.UnescapeString(found[1]))
	}
	once := []string{}
	for _, l := range links {
		if !slices.Contains(once, l) {
			once = append(once, l)
		}
	}
	return once
}

// List gives the messages to one address in any spelling, or all of them if to
// is empty, newest first. It is never nil.
func (b *Box) List(to string) []Captured {
	b.mu.Lock()
	defer b.mu.Unlock()
	found := []Captured{}
	for _, c := range slices.Backward(b.messages) {
		if to == "" || Recipient(c.To) == Recipient(to) {
			found = append(found, c)
		}
	}
	return found
}

// Get gives one message.
func (b *Box) Get(messageID string) (Captured, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := slices.IndexFunc(b.messages, func(c Captured) bool { return c.ID == messageID })
	if n < 0 {
		return Captured{}, false
	}
	return b.messages[n], true
}
