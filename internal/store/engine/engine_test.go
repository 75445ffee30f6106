package engine

import "testing"

func TestStatementsAreRenderedForTheEngine(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]Engine{
		"SELECT the_time() WHERE a = ?":  {Now: "the_time()"},
		"SELECT the_time() WHERE a = $1": {Now: "the_time()", Numbered: true},
	} {
		if got := e.Render("SELECT {now} WHERE a = ?", "SELECT {now} WHERE a = $1"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
