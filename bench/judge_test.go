package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFigureIsComparedWithAimAndBound(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name          string
		f             figure
		away, verdict string
	}{
		{"well below", figure{value: 80, aim: atMost(100), bound: atMost(400)}, "+20 %", "met"},
		{"at its aim", figure{value: 100, aim: atMost(100), bound: atMost(400)}, "+0 %", "met"},
		{"above its aim", figure{value: 150, aim: atMost(100), bound: atMost(400)}, "-50 %", "missed"},
		{"above its bound", figure{value: 500, aim: atMost(100), bound: atMost(400)}, "-400 %", "WORSE THAN ITS BOUND"},
		{"below what it should reach", figure{value: 0.4, aim: atLeast(0.5), bound: atLeast(0.2)}, "-20 %", "missed"},
		{"below what it has to reach", figure{value: 0.1, aim: atLeast(0.5), bound: atLeast(0.2)}, "-80 %", "WORSE THAN ITS BOUND"},
		{"between", figure{value: 1, aim: between(0.95, 1.05), bound: between(0.8, 1.25)}, "+5 %", "met"},
		{"on one side", figure{value: 0.9, aim: between(0.95, 1.05), bound: between(0.8, 1.25)}, "-5 %", "missed"},
		{"on the other", figure{value: 2, aim: between(0.95, 1.05), bound: between(0.8, 1.25)}, "-90 %", "WORSE THAN ITS BOUND"},
		{"nothing of what must not be", figure{aim: nothing(), bound: nothing()}, "", "met"},
		{"one of what must not be", figure{value: 1, aim: nothing(), bound: nothing()}, "", "WORSE THAN ITS BOUND"},
		{"for the curious", figure{value: 7}, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if away, verdict := test.f.away(), test.f.verdict(); away != test.away || verdict != test.verdict {
				t.Errorf("got %q, %q, want %q, %q", away, verdict, test.away, test.verdict)
			}
		})
	}
}

func TestTheReportFailsForWhatIsWorseThanItsBound(t *testing.T) {
	t.Parallel()
	good := []figure{
		{what: "start", value: 120, unit: " ms", aim: atMost(100), bound: atMost(400), detail: "of 5"},
		{what: "login", value: 1.01, aim: atMost(1.05), bound: atMost(1.25)},
	}
	var out strings.Builder
	r := newReport(&out)
	if err := errors.Join(r.add(good), r.judge(&out)); err != nil {
		t.Error(err)
	}
	want := `what   figure    aim        distance  verdict  bound      detail
start  120.0 ms  <= 100 ms  -20 %     missed   <= 400 ms  of 5
login  1.010     <= 1.05    +4 %      met      <= 1.25    

1 missed their aim, 0 are worse than their bound.
`
	if diff := cmp.Diff(out.String(), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	if err := errors.Join(r.add([]figure{{value: 2, aim: atMost(1), bound: atMost(1.5)}}), r.judge(&out)); !errors.Is(err, errWorse) {
		t.Errorf("got %v, want %v", err, errWorse)
	}
}
