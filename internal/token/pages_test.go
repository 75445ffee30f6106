package token

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// pages gives a world's pages.
func (w *world) pages() *Pages {
	return NewPages(PagesOptions{Revocations: w.list, Ring: w.ring, Issuer: testIssuer})
}

// asked asks for a page and opens it as a client does.
func (w *world) asked(tb testing.TB, p *Pages, r PageRequest) jws.Page {
	tb.Helper()
	r.ClientID, r.Nonce = "orders", "n-1"
	page, err := p.Signed(tb.Context(), r)
	if err != nil {
		tb.Fatal(err)
	}
	return w.opened(tb, page.Text)
}

func (w *world) opened(tb testing.TB, raw string) jws.Page {
	tb.Helper()
	m, err := jws.Parse(raw, jws.MaxPage)
	if err != nil {
		tb.Fatal(err)
	}
	set, err := jws.ParseSet(w.ring.JWKS())
	if err != nil {
		tb.Fatal(err)
	}
	if err := m.Verify(set[m.KeyID]); err != nil || m.Type != jws.TypeRevocations {
		tb.Fatalf("type %s: %v", m.Type, err)
	}
	page, err := jws.ParsePage(m.Payload)
	if err != nil {
		tb.Fatal(err)
	}
	if page.Issuer != testIssuer || page.Audience != "orders" || page.Nonce != "n-1" {
		tb.Errorf("a page of %s for %s, %s", page.Issuer, page.Audience, page.Nonce)
	}
	return page
}

// ended revokes n sessions, each in a transaction of its own.
func (w *world) ended(tb testing.TB, n int) (all []*store.Revocation) {
	tb.Helper()
	for range n {
		r := w.session(w.person(tb))
		w.revoke(tb, r)
		all = append(all, r)
	}
	return all
}

func numbers(p jws.Page) (all []int64) {
	for _, e := range p.Entries {
		all = append(all, e.Number)
	}
	return all
}

func TestAPageFollowsThePlaceOfItsClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.list)
	p := w.pages()
	if page := w.asked(t, p, PageRequest{}); page.To != 0 || page.Head != 0 || page.Mark != "" || len(page.Entries) > 0 {
		t.Errorf("the feed in which nothing is: %+v", page)
	}
	gone := w.ended(t, 3)
	page := w.asked(t, p, PageRequest{})
	if diff := cmp.Diff([]int64{1, 2, 3}, numbers(page)); diff != "" || page.To != 3 || page.Head != 3 || page.Mark != gone[2].Mark.String() {
		t.Errorf("everything: %+v\n%s", page, diff)
	}
	entry := page.Entries[1]
	if entry.Kind != "sid" || entry.Value != gone[1].Subject || entry.Mark != gone[1].Mark.String() || entry.ExpiresAt < gone[1].ExpiresAt.Unix() {
		t.Errorf("an entry: %+v", entry)
	}
	page = w.asked(t, p, PageRequest{After: 2, Mark: gone[1].Mark.String()})
	if diff := cmp.Diff([]int64{3}, numbers(page)); diff != "" || page.From != 2 || page.FromMark != gone[1].Mark.String() {
		t.Errorf("after two: %+v\n%s", page, diff)
	}
	page = w.asked(t, p, PageRequest{After: 3, Mark: gone[2].Mark.String()})
	if len(page.Entries) > 0 || page.FromMark != gone[2].Mark.String() || page.Mark != page.FromMark || page.To != 3 {
		t.Errorf("after all: %+v", page)
	}
	// Whoever brings another mark is told the database's, and a head below its number.
	if page = w.asked(t, p, PageRequest{After: 3, Mark: "AAAAAAAAAAA"}); page.FromMark != gone[2].Mark.String() {
		t.Errorf("another mark: %+v", page)
	}
	if page = w.asked(t, p, PageRequest{After: 9, Mark: "AAAAAAAAAAA"}); page.Head != 3 || page.To != 3 || page.From != 9 || page.FromMark != "" {
		t.Errorf("a number that the database never had: %+v", page)
	}
}

func TestAPageLeavesOutWhatHasExpired(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.pages()
	gone := w.ended(t, 2)
	w.clock.Advance(gone[0].ExpiresAt.Sub(w.clock.Now()) + time.Second)
	last := w.ended(t, 1)[0]
	if page := w.asked(t, p, PageRequest{}); !cmp.Equal(numbers(page), []int64{last.Number}) || page.To != last.Number {
		t.Errorf("from 0: %+v", page)
	}
	// A row that has expired and is still there vouches for what follows it.
	if page := w.asked(t, p, PageRequest{After: 1, Mark: gone[0].Mark.String()}); page.FromMark != gone[0].Mark.String() || !cmp.Equal(numbers(page), []int64{last.Number}) {
		t.Errorf("from 1: %+v", page)
	}
}

// A client is told within moments of a logout, by a request that waits.
func TestAPageThatWaitsComesAtOnceWhenThereIsNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.list)
	p := w.pages()
	mark := w.ended(t, 1)[0].Mark.String()
	waittest.Until(t, "the list follows", func() bool { _, _, fresh := w.list.stands(); return fresh && w.list.Applied().Number == 1 })
	if page := w.asked(t, p, PageRequest{After: 1, Mark: mark, Wait: time.Millisecond}); page.To != 1 || len(page.Entries) > 0 {
		t.Errorf("nothing new: %+v", page)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var hung error
	var waiting sync.WaitGroup
	waiting.Go(func() {
		_, hung = p.Signed(ctx, PageRequest{ClientID: "orders", After: 1, Mark: mark, Nonce: "n-1", Wait: MaxPageWait})
	})
	for range 16 {
		waiting.Go(func() {
			page := w.asked(t, p, PageRequest{After: 1, Mark: mark, Wait: MaxPageWait})
			if !cmp.Equal(numbers(page), []int64{2}) {
				t.Errorf("news: %+v", page)
			}
		})
	}
	cancel()
	begun := time.Now()
	w.ended(t, 1)
	waiting.Wait()
	if took := time.Since(begun); took > MaxPageWait/2 {
		t.Errorf("news took %s", took)
	}
	if hung != nil && !errors.Is(hung, context.Canceled) {
		t.Errorf("a client that hung up: %v", hung)
	}
}

// However many clients stand in one place, what follows it is read once for those
// who come together.
func TestACrowdSharesOneReading(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.list)
	p := w.pages()
	w.ended(t, 1)
	const crowd = 64
	var reads atomic.Int64
	come := make(chan struct{})
	w.faulty.onPage = func() {
		if reads.Add(1) == 1 {
			<-come
		}
	}
	var waiting sync.WaitGroup
	var asking atomic.Int64
	for range crowd {
		waiting.Go(func() {
			asking.Add(1)
			if page := w.asked(t, p, PageRequest{}); !cmp.Equal(numbers(page), []int64{1}) {
				t.Errorf("%+v", page)
			}
		})
	}
	waittest.Until(t, "everybody asks", func() bool { return asking.Load() == crowd && reads.Load() > 0 })
	close(come)
	waiting.Wait()
	if n := reads.Load(); n > crowd/8 {
		t.Errorf("%d readings for %d clients", n, crowd)
	}
}

// Nothing that is too old is told, and nothing at all if SQL cannot say what is new.
func TestAPageIsWithheldRatherThanOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.pages()
	mark := w.ended(t, 1)[0].Mark.String()
	here := PageRequest{ClientID: "orders", After: 1, Mark: mark, Nonce: "n-1"}
	if _, err := w.list.catchUp(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	w.faulty.down.Store(true)
	w.clock.Advance(DefaultMaxStaleness / 2)
	page, err := p.Signed(t.Context(), here)
	if err != nil {
		t.Fatal(err)
	}
	if age := w.opened(t, page.Text).Age; age < (DefaultMaxStaleness / 2).Milliseconds() {
		t.Errorf("the page says that it is %d ms old", age)
	}
	w.clock.Advance(DefaultMaxStaleness)
	for name, r := range map[string]PageRequest{
		"nothing new, as far as is known": here, "everything": {ClientID: "orders", Nonce: "n-1"}, "more than is known": {ClientID: "orders", Nonce: "n-1", After: 2},
	} {
		if _, err := p.Signed(t.Context(), r); !errors.Is(err, fault.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.faulty.down.Store(false)
	if page := w.asked(t, p, here); page.Age > DefaultMaxStaleness.Milliseconds() || page.To != 1 {
		t.Errorf("SQL is back: %+v", page)
	}
}

// A database that forgets gives numbers out twice. Its pages show it.
func TestPagesOfAnotherDatabaseDiffer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.list)
	p := w.pages()
	before := w.ended(t, 3)
	w.failsOver(t, w.console(t), 1)
	if page := w.asked(t, p, PageRequest{After: 2, Mark: before[1].Mark.String()}); page.Head >= 2 {
		t.Errorf("the database lost its last entries: %+v", page)
	}
	w.ended(t, 2)
	page := w.asked(t, p, PageRequest{After: 3, Mark: before[2].Mark.String()})
	if page.FromMark == "" || page.FromMark == before[2].Mark.String() {
		t.Errorf("number 3 again: %+v", page)
	}
}

// A long feed comes in full pages, which fit together.
func TestALongFeedIsReadInPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.pages()
	const full = 100
	const rows = full + 5
	if p.perPage != jws.MaxEntries {
		t.Errorf("a page has %d entries", p.perPage)
	}
	p.perPage = full
	var all []*store.Revocation
	for range rows {
		all = append(all, w.list.New(store.RevokedToken, claimsFor(person{}).ID, 0, w.clock.Now()))
	}
	w.revoke(t, all...)
	first := w.asked(t, p, PageRequest{})
	if len(first.Entries) != full || first.To != full || first.Head != rows || first.Mark != all[first.To-1].Mark.String() {
		t.Errorf("the first page has %d entries up to %d of %d", len(first.Entries), first.To, first.Head)
	}
	second := w.asked(t, p, PageRequest{After: first.To, Mark: first.Mark})
	if len(second.Entries) != 5 || second.To != rows || second.FromMark != first.Mark {
		t.Errorf("the second: %d entries, %d to %d", len(second.Entries), second.From, second.To)
	}
}

// Who could verify a page that is signed with HS256 could forge one.
func TestNoPageIsSignedWithASharedSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.useKeys(t, keys.HS256)
	_, err := w.pages().Signed(t.Context(), PageRequest{ClientID: "orders", Nonce: "n-1"})
	if !errors.Is(err, ErrFeedNeedsAsymmetricKeys) {
		t.Errorf("%v", err)
	}
}
