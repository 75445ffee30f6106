package seal

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// proofForm is the first line of a proof (C2SP tlog-proof).
const proofForm = "c2sp.org/tlog-proof@v1"

var (
	// ErrNotSealed is returned for an event that is no leaf yet, or is not there.
	ErrNotSealed = errors.New("there is no sealed event with this ID")
	// ErrDropped is returned for an event whose body retention took.
	ErrDropped = errors.New("retention has deleted this event; the log keeps only its hash, which does not show what happened")
	errNoProof = errors.New("this is not a proof of an event (\"sallyport audit prove\" writes one)")
)

// Proof is an event that was proved to be in the log whose key signed the head.
type Proof struct {
	Event Event `json:"event"`
	Leaf  int64 `json:"leaf"`
	Head  Head  `json:"head"`
}

// Prove gives a proof that an event is in the log, for somebody who has the log's key
// and nothing else (C2SP tlog-proof): the leaf, the hashes that lead from it to the
// root, and a signed head, which is made if there is none of this size yet. The leaf
// has no personal part, only the commitment to it.
func (l *Log) Prove(ctx context.Context, eventID string) (string, error) {
	leaf, err := l.opts.Store.Direct().AuditLeaves.ByEvent(ctx, eventID)
	if errors.Is(err, store.ErrNotFound) {
		return "", ErrNotSealed
	}
	if err != nil {
		return "", fmt.Errorf("read the leaf: %w", err)
	}
	if leaf.Event.ID == "" {
		return "", ErrDropped
	}
	signed, size, err := l.headOver(ctx, leaf)
	if err != nil {
		return "", err
	}
	hashes, err := tlog.ProveRecord(size, leaf.Leaf, newHashes(ctx, l.opts.Store.Direct(), leaf.TreeID))
	if err != nil {
		return "", fmt.Errorf("compute the proof: %w", err)
	}
	var w strings.Builder
	fmt.Fprintf(&w, "%s\nextra %s\nindex %d\n", proofForm, base64.StdEncoding.EncodeToString(Leaf(leaf.Event)), leaf.Leaf)
	for _, hash := range hashes {
		fmt.Fprintln(&w, base64.StdEncoding.EncodeToString(hash[:]))
	}
	fmt.Fprintf(&w, "\n%s", signed)
	return w.String(), nil
}

// headOver gives a signed head of the tree that holds the leaf.
func (l *Log) headOver(ctx context.Context, leaf store.SealedEvent) (signed string, size int64, err error) {
	last, err := l.opts.Store.Direct().AuditHeads.Last(ctx, leaf.TreeID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", 0, fmt.Errorf("read the last head of the audit log: %w", err)
	}
	if err == nil && last.Size > leaf.Leaf {
		return last.Note, last.Size, nil
	}
	tree, err := l.tree(ctx)
	if err != nil {
		return "", 0, err
	}
	if tree.ID != leaf.TreeID || tree.Size <= leaf.Leaf {
		return "", 0, errors.New("the tree of this event was closed before a head was signed over it")
	}
	last, err = l.signHead(ctx, tree)
	return last.Note, last.Size, err
}

// CheckProof verifies what [Log.Prove] gave, by keys of the log. It needs no database.
// An error says why it proves nothing.
func CheckProof(proof string, keys []string) (Proof, error) {
	verifiers := make([]note.Verifier, len(keys))
	for n, key := range keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return Proof{}, fmt.Errorf("read a key that was given: %w", err)
		}
		verifiers[n] = verifier
	}
	path, signed, both := strings.Cut(proof, "\n\n")
	lines := strings.Split(path, "\n")
	if !both || len(lines) < 3 || lines[0] != proofForm {
		return Proof{}, errNoProof
	}
	extra, hasExtra := strings.CutPrefix(lines[1], "extra ")
	index, hasIndex := strings.CutPrefix(lines[2], "index ")
	record, err := base64.StdEncoding.DecodeString(extra)
	p := Proof{}
	if err == nil {
		p.Leaf, err = strconv.ParseInt(index, 10, 64)
	}
	if err != nil || !hasExtra || !hasIndex || p.Leaf < 0 {
		return Proof{}, errNoProof
	}
	var hashes tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return Proof{}, errNoProof
		}
		hashes = append(hashes, hash)
	}
	if p.Head, err = openHead(signed, verifiers...); err != nil {
		return Proof{}, err
	}
	if err := tlog.CheckRecord(hashes, p.Head.Size, p.Head.Root, p.Leaf, tlog.RecordHash(record)); err != nil {
		return Proof{}, errors.New("the event is not in the log whose head this is")
	}
	p.Event, err = parseLeaf(record)
	return p, err
}

// parseLeaf reads what [Leaf] made.
func parseLeaf(leaf []byte) (Event, error) {
	var fields []string
	for len(leaf) >= 4 {
		size := binary.BigEndian.Uint32(leaf)
		if leaf = leaf[4:]; uint64(size) > uint64(len(leaf)) {
			return Event{}, errNoProof
		}
		fields = append(fields, string(leaf[:size]))
		leaf = leaf[size:]
	}
	if len(leaf) > 0 || len(fields) != 13 || fields[0] != leafForm {
		return Event{}, errNoProof
	}
	micros, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return Event{}, errNoProof
	}
	return Event{
		ID: fields[2], Kind: fields[3], Outcome: fields[4], Reason: fields[5], ActorID: fields[6], UserID: fields[7], SessionHash: fields[8],
		RequestID: fields[9], Details: fields[10], CreatedAt: time.UnixMicro(micros).UTC(), Commitment: fields[12],
	}, nil
}
