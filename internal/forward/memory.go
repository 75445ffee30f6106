package forward

import "sync"

// remembered is how many visitors are remembered at least.
const remembered = 16 << 10

// memory remembers visitors. It has two maps: what is new goes to the young one;
// when that is full it becomes the old one, and what was old is forgotten unless
// it was looked up meanwhile. So it is bounded, and nothing is searched for a
// victim.
type memory struct {
	half int

	mu         sync.Mutex
	young, old map[key]*Visitor
}

func newMemory(size int) *memory {
	return &memory{half: size, young: map[key]*Visitor{}}
}

func (m *memory) get(k key) *Visitor {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.young[k]
	if ok {
		return v
	}
	if v, ok = m.old[k]; ok {
		delete(m.old, k)
		m.add(k, v)
	}
	return v
}

func (m *memory) put(k key, v *Visitor) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(k, v)
}

func (m *memory) add(k key, v *Visitor) {
	if len(m.young) >= m.half {
		m.old, m.young = m.young, map[key]*Visitor{}
	}
	m.young[k] = v
}
