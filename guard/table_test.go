package guard

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// heap is what is in use after everything that is not was given back.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestAMillionRevocationsFitInto64MB(t *testing.T) {
	const entries = 1_000_000
	before := heap()
	table := newTable(DefaultMaxEntries)
	expiry := time.Now().Add(time.Hour).Unix()
	for n := range entries {
		kind := jws.KindToken
		if n%2 == 1 {
			kind = jws.KindSession
		}
		table.add(jws.Entry{Kind: kind, Value: randomID(), ExpiresAt: expiry})
	}
	used := heap() - before
	t.Logf("%d entries take %.1f MB", entries, float64(used)/1e6)
	if used > 64e6 {
		t.Errorf("%d entries take %d bytes", entries, used)
	}
	if table.size.Load() != entries || table.partial.Load() {
		t.Errorf("%d entries are held, partial %v", table.size.Load(), table.partial.Load())
	}
	began := time.Now()
	table.sweep(time.Now())
	t.Logf("a sweep takes %v", time.Since(began))
	table.sweep(time.Now().Add(2 * time.Hour))
	if n := table.size.Load(); n != 0 {
		t.Errorf("%d entries are held after all have expired", n)
	}
}

func BenchmarkAMillionRevocations(b *testing.B) {
	expiry := time.Now().Add(time.Hour).Unix()
	var used uint64
	for b.Loop() {
		before := heap()
		table := newTable(DefaultMaxEntries)
		for range 1_000_000 {
			table.add(jws.Entry{Kind: jws.KindToken, Value: randomID(), ExpiresAt: expiry})
		}
		used = heap() - before
		runtime.KeepAlive(table)
	}
	b.ReportMetric(float64(used)/1e6, "MB")
}

func TestTheTableNeverLetsGoOfALiveEntry(t *testing.T) {
	t.Parallel()
	now := time.Now()
	table := newTable(2)
	user := &Token{User: &User{}, id: nameOf(randomID()), session: nameOf(randomID()), subject: nameOf("u"), epoch: 3}
	entry := jws.Entry{Kind: jws.KindUser, Value: "u", Epoch: 4, ExpiresAt: now.Unix() + 10}
	table.add(entry)
	entry.Epoch, entry.ExpiresAt = 2, now.Unix()+5
	table.add(entry) // neither lowers the epoch nor the expiry
	table.sweep(now.Add(8 * time.Second))
	if !table.revokes(user) {
		t.Error("an older entry undid a newer one")
	}
	table.add(jws.Entry{Kind: jws.KindToken, Value: randomID(), ExpiresAt: now.Unix() + 10})
	table.add(jws.Entry{Kind: jws.KindSession, Value: randomID(), ExpiresAt: now.Unix() + 10})
	if !table.partial.Load() || table.size.Load() != 2 || !table.revokes(user) {
		t.Errorf("over the bound: partial %v, %d entries", table.partial.Load(), table.size.Load())
	}
	user.epoch = 4
	if table.revokes(user) {
		t.Error("a token with the new epoch is refused")
	}
	machine := &Token{Client: &Client{}, subject: nameOf("u"), epoch: 3}
	if table.revokes(machine) {
		t.Error("a user's entry refuses a client")
	}
}

func TestNothingIsRevokedByTheSecondTooEarly(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	table := newTable(10)
	id := randomID()
	table.add(jws.Entry{Kind: jws.KindToken, Value: id, ExpiresAt: now.Unix()})
	table.sweep(now)
	if !table.revokes(&Token{User: &User{}, id: nameOf(id)}) {
		t.Error("it is gone in its last second")
	}
	table.sweep(now.Add(time.Second))
	if table.revokes(&Token{User: &User{}, id: nameOf(id)}) {
		t.Error("it is there after its last second")
	}
}

func BenchmarkParsePage(b *testing.B) {
	page := benchPage(b)
	b.ReportAllocs()
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if p, err := jws.ParsePage(page); err != nil || len(p.Entries) != jws.MaxEntries {
			b.Fatal(err)
		}
	}
}

func benchPage(b *testing.B) []byte {
	b.Helper()
	p := jws.Page{
		Issuer: "https://id.example", Audience: "guard", IssuedAt: 1, History: "h", To: jws.MaxEntries, Head: jws.MaxEntries, Mark: "m", Nonce: "n",
	}
	for n := range jws.MaxEntries {
		p.Entries = append(p.Entries, jws.Entry{
			Number: int64(n + 1), Mark: "m", Kind: jws.KindToken, Value: randomID(), ExpiresAt: 1_800_000_000,
		})
	}
	text, err := json.Marshal(p)
	if err != nil {
		b.Fatal(err)
	}
	return text
}
