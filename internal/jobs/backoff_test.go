package jobs

import (
	"strings"
	"testing"
	"time"
)

func TestRetriesSpanSecondsToHours(t *testing.T) {
	t.Parallel()
	var least, most time.Duration
	for attempt := 1; attempt < DefaultMaxAttempts; attempt++ {
		low, high := time.Duration(1<<62), time.Duration(0)
		for range 200 {
			d := retryAfter(attempt)
			low, high = min(low, d), max(high, d)
		}
		want := min(firstRetry<<(attempt-1), lastRetry)
		if low < want*8/10 || high > want*12/10 || low == high {
			t.Errorf("attempt %d: between %s and %s, want about %s", attempt, low, high, want)
		}
		least, most = least+low, most+high
	}
	if least < 6*time.Hour || most > 24*time.Hour {
		t.Errorf("all tries take between %s and %s", least, most)
	}
	for _, odd := range []int{-1, 0, 1000} {
		if d := retryAfter(odd); d <= 0 || d > 2*lastRetry {
			t.Errorf("attempt %d: %s", odd, d)
		}
	}
}

func TestScrubbing(t *testing.T) {
	t.Parallel()
	const secret = "a secret of no form at all"
	long := strings.Repeat("x/", 200)
	tests := []struct{ name, text, want string }{
		{"an answer of a server stays", "mail server mx.example:25: RCPT: 550 5.1.1 no such user", "mail server mx.example:25: RCPT: 550 5.1.1 no such user"},
		{"the secret goes", "said " + secret + " aloud", "said [redacted] aloud"},
		{"addresses go", "no such user <ada@example.com>, sorry", "no such user <[address]>, sorry"},
		{"tokens go", "link spv_AQIDBAUGBwgJ refused", "link [redacted] refused"},
		{"long random text goes", "id " + strings.Repeat("Ab3", 20) + ".", "id [redacted]."},
		{"lines are joined", "a\r\nb\x00c\td", "a b c d"},
		{"an identifier of a job stays", "job 0198c0de-0000-7000-8000-000000000001", "job 0198c0de-0000-7000-8000-000000000001"},
	}
	s := newScrubber()
	for _, tt := range tests {
		if got := s.clean(tt.text, []byte(secret)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := []rune(s.clean(strings.Repeat("ü ", 400)+long, nil)); len(got) > maxErrorRunes {
		t.Errorf("%d characters are kept", len(got))
	}
}
