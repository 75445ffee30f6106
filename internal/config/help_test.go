package config

import (
	"bytes"
	"strings"
	"testing"
)

func TestTheHelpNamesEverySetting(t *testing.T) {
	t.Parallel()
	var help bytes.Buffer
	if err := Help(&help); err != nil {
		t.Fatal(err)
	}
	for _, s := range settings() {
		for _, want := range []string{"  --" + s.flag() + " ", "  " + s.name, "(default " + s.def + ")"} {
			if !strings.Contains(help.String(), want) && want != "(default )" {
				t.Errorf("the help lacks %q", want)
			}
		}
	}
	for line := range strings.Lines(help.String()) {
		if len(line) > 120 {
			t.Errorf("too wide for a terminal: %s", line)
		}
	}
}
