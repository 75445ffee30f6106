package telemetry

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

// pipe is a writer whose reader can stop reading.
type pipe struct {
	mu   sync.Mutex // held while nobody reads
	err  error
	text strings.Builder
}

func (p *pipe) Write(line []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return 0, p.err
	}
	return p.text.Write(line)
}

func TestALogThatNobodyReadsHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	var tally Tally
	p := &pipe{}
	q := NewQueue(p, &tally)
	log := NewLogger(q, Options{Format: "json"})
	q.Say(func(lost uint64) { log.Warn("lines of the log were lost", slog.Uint64("lines", lost)) })

	p.mu.Lock()
	const lines = 2 * maxQueuedLines
	for n := range lines { // would never end if one of them waited
		log.Info("line", slog.Int("n", n))
	}
	p.mu.Unlock()
	q.Close()

	lost := count(&tally, "dropped")
	if lost == 0 || lost > lines {
		t.Errorf("%d lines of %d were dropped", lost, lines)
	}
	if want := fmt.Sprintf(`"lines":%d`, lost); !strings.Contains(p.text.String(), want) {
		t.Errorf("the log does not say %s", want)
	}
	if got := strings.Count(p.text.String(), `"msg":"line"`); got+int(lost) != lines {
		t.Errorf("%d lines were written and %d dropped, of %d", got, lost, lines)
	}
}

func TestALineThatCannotBeWrittenIsCounted(t *testing.T) {
	t.Parallel()
	var tally Tally
	q := NewQueue(&pipe{err: errors.New("no space left")}, &tally)
	_, _ = q.Write([]byte("a line\n"))
	q.Close()
	if got := count(&tally, "failed"); got != 1 {
		t.Errorf("%d lines failed, want 1", got)
	}
}

func count(tally *Tally, label string) uint64 {
	for _, c := range tally.Snapshot() {
		if c.Name == "log_lines" && c.Label == label {
			return c.N
		}
	}
	return 0
}
