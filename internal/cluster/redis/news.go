package redis

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// newsField is the field of an entry that holds the news. A form that older
	// versions cannot read gets another name.
	newsField = "news1"
	maxNews   = 1 << 20
)

// newsEntry is news as the stream holds it.
type newsEntry struct {
	History     string            `json:"history"`
	Revocations []revocationEntry `json:"revocations"`
}

// revocationEntry is a revocation as the stream holds it; times are
// microseconds since 1970.
type revocationEntry struct {
	Number    int64  `json:"number"`
	Kind      string `json:"kind"`
	Subject   string `json:"subject"`
	Epoch     int64  `json:"epoch,omitempty"`
	RevokedAt int64  `json:"revoked_at"`
	ExpiresAt int64  `json:"expires_at"`
}

func encodeNews(n cluster.News) (string, error) {
	e := newsEntry{History: n.History, Revocations: make([]revocationEntry, 0, len(n.Revocations))}
	for _, r := range n.Revocations {
		e.Revocations = append(e.Revocations, revocationEntry{
			Number: r.Number, Kind: string(r.Kind), Subject: r.Subject, Epoch: r.Epoch,
			RevokedAt: r.RevokedAt.UnixMicro(), ExpiresAt: r.ExpiresAt.UnixMicro(),
		})
	}
	text, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("write revocation news: %w", err)
	}
	return string(text), nil
}

// decodeNews reads an entry, and false if it is none of ours. The entries of news
// are added to the list as they are, so what is not whole is left out; the list
// finds it in SQL. Marks are not in news: it moves no list's position.
func decodeNews(values map[string]any) (cluster.News, bool) {
	text, ok := values[newsField].(string)
	if !ok || len(text) > maxNews {
		return cluster.News{}, false
	}
	var e newsEntry
	if json.Unmarshal([]byte(text), &e) != nil || e.History == "" || len(e.Revocations) == 0 {
		return cluster.News{}, false
	}
	n := cluster.News{History: e.History, Revocations: make([]store.Revocation, 0, len(e.Revocations))}
	for _, r := range e.Revocations {
		if r.Number <= 0 || r.Kind == "" || r.Subject == "" || r.ExpiresAt <= 0 {
			return cluster.News{}, false
		}
		n.Revocations = append(n.Revocations, store.Revocation{
			Number: r.Number, Kind: store.RevocationKind(r.Kind), Subject: r.Subject, Epoch: r.Epoch,
			RevokedAt: time.UnixMicro(r.RevokedAt).UTC(), ExpiresAt: time.UnixMicro(r.ExpiresAt).UTC(),
		})
	}
	return n, true
}
