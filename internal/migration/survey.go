package migration

import (
	"context"
	"crypto/sha256"
	"time"
)

// digest stands for an id or an address while a source is surveyed.
type digest [16]byte

func digestOf(s string) digest {
	sum := sha256.Sum256([]byte(s))
	return digest(sum[:16])
}

// survey is what shows only in the whole of a source.
type survey struct {
	ids       map[digest]int32    // how often each comes
	addresses map[digest]claimant // the row of each that counts
	rows      int64
}

// claimant is whose an address is, of the rows that have it.
type claimant struct {
	id       digest
	rows     int32
	verified int32
	created  int64 // of the newest, or when the verified one is
	tied     bool  // another one is as new
}

// survey reads the whole source. What is refused for itself counts for no address.
func (o Options) survey(ctx context.Context, progress *Report) (s survey, err error) {
	s = survey{ids: map[digest]int32{}, addresses: map[digest]claimant{}}
	err = o.From.Each(ctx, "", func(r Row) error {
		s.rows++
		progress.Rows = s.rows
		if s.rows%batchRows == 0 {
			o.tell(progress)
		}
		p, reason := o.read(r)
		if reason != "" {
			return ctx.Err()
		}
		id, address := digestOf(p.id), digestOf(p.canonical)
		s.ids[id]++
		s.addresses[address] = s.addresses[address].or(p, id, o.OnDuplicate)
		return ctx.Err()
	})
	return s, err
}

// or is the claimant once another row has the address.
func (c claimant) or(p person, id digest, onDuplicate string) claimant {
	c.rows++
	created := p.created.UnixMicro()
	if p.created.IsZero() {
		created = time.Time{}.UnixMicro()
	}
	if p.verified {
		c.verified++
	}
	switch {
	case c.rows == 1:
		c.id, c.created = id, created
	case onDuplicate == VerifiedDuplicates && p.verified:
		c.id = id
	case onDuplicate == NewestDuplicates && created > c.created:
		c.id, c.created, c.tied = id, created, false
	case onDuplicate == NewestDuplicates && created == c.created:
		c.tied = true
	}
	return c
}

// refuses says why a row cannot be imported beside the others of its source.
func (s survey) refuses(p person, onDuplicate string) (reason string) {
	id := digestOf(p.id)
	if s.ids[id] > 1 {
		return reasonDuplicateID
	}
	c := s.addresses[digestOf(p.canonical)]
	counts := c.rows == 1
	switch onDuplicate {
	case VerifiedDuplicates:
		counts = counts || c.verified == 1 && c.id == id
	case NewestDuplicates:
		counts = counts || !c.tied && c.id == id
	}
	if !counts {
		return reasonDuplicateAddress
	}
	return ""
}
