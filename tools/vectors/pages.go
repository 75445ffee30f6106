package vectors

import (
	"encoding/json"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/jws"
)

const (
	history = "01932f9c-4ac0-7a2b-8a56-3f4e6c0f9d21"
	nonce   = "QZ7NXD2YK4MHWV5T3RJB6CLE8A"
)

func mark(n int64) string { return jws.Encode(fmt.Appendf(nil, "mark-%03d", n)) }

func entry(n int64, kind, value string, epoch int64) jws.Entry {
	return jws.Entry{Number: n, Mark: mark(n), Kind: kind, Value: value, Epoch: epoch, ExpiresAt: Now + 1000}
}

// page answers a request as the server does.
func page(r Request, to, head int64, entries ...jws.Entry) jws.Page {
	p := jws.Page{
		Issuer: Issuer, Audience: ClientID, IssuedAt: Now, History: history, From: r.After, To: to, Head: head,
		Mark: mark(to), Age: 120, Nonce: r.Nonce, Entries: append([]jws.Entry{}, entries...),
	}
	if r.After > 0 {
		p.FromMark = mark(r.After)
	}
	if to == 0 {
		p.Mark = ""
	}
	return p
}

func pages(es, stranger Key) []Page {
	first := Request{Nonce: nonce}
	later := Request{History: history, After: 3, Mark: mark(3), Until: Now + 900, Nonce: nonce}
	four := entry(4, jws.KindSession, sessionID, 0)
	five := entry(5, jws.KindUser, userID, 4)
	six := entry(6, jws.KindClient, "billing", 2)
	sign := func(p jws.Page) string {
		return es.compact(header(es, jws.TypeRevocations), string(must(json.Marshal(p))))
	}
	ok := func(name, why string, r Request, p jws.Page) Page {
		held := map[string]bool{}
		for _, e := range p.Entries {
			held[e.Kind+e.Value] = true
		}
		return Page{
			Name: name, Why: why, Request: r, Page: sign(p), Verdict: Accept, Number: p.To, Current: p.To == p.Head, Entries: len(held),
		}
	}
	again := func(name, why string, r Request, p jws.Page) Page {
		return Page{Name: name, Why: why, Request: r, Page: sign(p), Verdict: BeginAgain}
	}
	all := []Page{
		ok("nothing was ever revoked", "the first page of a new server", first, page(first, 0, 0)),
		ok("everything at once", "the first page", first, page(first, 3, 3, entry(1, jws.KindToken, tokenID, 0), entry(3, jws.KindUser, userID, 2))),
		ok("a part", "head is further on: not current yet", first, page(first, 1, 9, entry(1, jws.KindToken, tokenID, 0))),
		ok("a heartbeat", "nothing new", later, page(later, 3, 3)),
		ok("three more", "one of each kind", later, page(later, 6, 6, four, five, six)),
		ok("the rest has expired", "to is head, beyond the last entry", later, page(later, 8, 8, four)),
		ok("all that is new has expired", "to is head, without an entry", later, page(later, 8, 8)),
	}
	over := later
	over.Until = Now - 1000
	purged := page(over, 4, 4, four)
	purged.FromMark = ""
	all = append(all, ok("the place was purged", "its entry is over, so it need not be there", over, purged))
	unmarked := page(over, 5, 5, five)
	unmarked.Entries[0].Mark, unmarked.Mark = "", ""
	all = append(all, ok("an entry without a mark", "made by an instance of an earlier version", over, unmarked))

	unknown := ok("a kind nobody knows", "a later version's: what it refuses cannot be told", later, page(later, 5, 5, four, entry(5, "device", tokenID, 0)))
	unknown.Current, unknown.Entries = false, 1
	all = append(all, unknown)

	other := page(later, 4, 4, four)
	other.History = "another"
	all = append(all, again("another history", "the database was restored or moved", later, other))
	lost := page(later, 2, 2)
	lost.FromMark = ""
	all = append(all, again("head below from", "the database has lost what it had", later, lost))
	lostOld := page(over, 2, 2)
	lostOld.FromMark = ""
	all = append(all, again("head below from, long ago", "although the entry in that place is over", over, lostOld))
	swapped := page(later, 4, 4, four)
	swapped.FromMark = mark(99)
	all = append(all, again("another mark in the place", "the number was given out twice", later, swapped))
	gone := page(later, 4, 4, four)
	gone.FromMark = ""
	all = append(all, again("no row in the place", "its entry has more than 5 min to live, so it was lost", later, gone))

	return append(all, badPages(es, stranger, later, page(later, 6, 6, four, five, six))...)
}

// badPages are answers that count for nothing.
func badPages(es, stranger Key, r Request, good jws.Page) (all []Page) {
	refuse := func(name, why, raw string) {
		all = append(all, Page{Name: name, Why: why, Request: r, Page: raw, Verdict: Refuse, Number: r.After, Current: false})
	}
	typ := header(es, jws.TypeRevocations)
	text := string(must(json.Marshal(good)))
	refuse("signed by a stranger", "with the kid of a published key", stranger.compact(typ, text))
	refuse("typ of access tokens", "a token is no page", es.compact(header(es, jws.TypeAccessToken), text))
	refuse("an access token", "a token is no page", es.compact(header(es, jws.TypeAccessToken), payload("", "")))
	refuse("the larger s", "a second spelling of the signature", otherS(es.compact(typ, text)))
	refuse("a line end behind", "not canonical base64url", es.compact(typ, text)+"\n")
	refuse("cut short", "the signature is not 64 bytes", es.compact(typ, text)[:200])
	for _, c := range []struct {
		name, why, member string
		value             any // nil leaves the member out
	}{
		{"replayed", "the nonce of another request", "nonce", "AAAAAAAAAAAAAAAAAAAAAAAAAA"},
		{"no nonce", "required", "nonce", nil},
		{"another audience", "for another client", "aud", "billing"},
		{"audience of tokens", "for nobody who follows", "aud", Audience},
		{"another issuer", "not ours", "iss", "https://evil.example.com"},
		{"from another number", "not what was asked for", "from", 4},
		{"from below", "not what was asked for", "from", 2},
		{"no from", "required", "from", nil},
		{"no history", "required", "history", nil},
		{"no head", "required", "head", nil},
		{"head below to", "the numbers do not fit together", "head", 5},
		{"to below the last entry", "the numbers do not fit together", "to", 5},
		{"to beyond the last entry", "something between them is missing: only at head may the rest have expired", "to", 7},
		{"no age", "how old it is cannot be told", "age", nil},
		{"age negative", "from the future", "age", -5},
		{"age with a fraction", "another spelling of a number", "age", json.RawMessage("120.0")},
		{"another mark of to", "not that of the last entry", "mark", mark(99)},
		{"entries missing", "required", "entries", nil},
		{"entries null", "not a list", "entries", json.RawMessage("null")},
		{"entries an object", "not a list", "entries", map[string]any{}},
		{"an entry a number", "not an object", "entries", []any{4, 5, 6}},
		{"out of order", "entries rise", "entries", []jws.Entry{good.Entries[1], good.Entries[0], good.Entries[2]}},
		{"a number twice", "entries rise", "entries", []jws.Entry{good.Entries[0], good.Entries[0], good.Entries[2]}},
		{"an entry at from", "known already", "entries", append([]jws.Entry{entry(3, jws.KindToken, tokenID, 0)}, good.Entries...)},
		{"an entry without number", "in no place", "entries", json.RawMessage(`[{"m":"x","k":"jti","v":"y","x":1}]`)},
		{"an entry without expiry", "for how long?", "entries", json.RawMessage(`[{"n":6,"m":"` + mark(6) + `","k":"jti","v":"` + tokenID + `"}]`)},
		{"an entry without value", "of whom?", "entries", json.RawMessage(`[{"n":6,"m":"` + mark(6) + `","k":"jti","x":1800001000}]`)},
		{"sub without e", "which tokens of the user?", "entries", []jws.Entry{good.Entries[0], entry(5, jws.KindUser, userID, 0), good.Entries[2]}},
		{"client without e", "which tokens of the client?", "entries", []jws.Entry{good.Entries[0], good.Entries[1], entry(6, jws.KindClient, "billing", 0)}},
		{"a member of an entry twice", "two parsers see two things", "entries", json.RawMessage(`[{"n":6,"n":6,"m":"` + mark(6) + `","k":"jti","v":"` + tokenID + `","x":1800001000}]`)},
	} {
		var members map[string]any
		_ = must(0, json.Unmarshal([]byte(text), &members))
		if members[c.member] = c.value; c.value == nil {
			delete(members, c.member)
		}
		refuse(c.name, c.why, es.compact(typ, string(must(json.Marshal(members)))))
	}
	return all
}
