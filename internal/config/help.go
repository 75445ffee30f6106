package config

import (
	"bufio"
	"io"
)

// Help writes every setting for a terminal: its flag, its default, its name in
// the environment and its sentence.
func Help(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(text string) { _, _ = out.WriteString(text + "\n") } // Flush tells
	line("Every setting is a flag, an environment variable and a key of the YAML file. A flag overrides the")
	line("environment, and the environment overrides the file. A name with _FILE names a file that holds the value.")
	line("")
	line("  sallyport config            print the values in effect and where each came from")
	line("  sallyport config --manual   print all settings as a YAML file to start from")
	for _, s := range settings() {
		if s.group != "" {
			line("\n" + s.group + ":")
		}
		flag, env := "--"+s.flag()+" "+flagKind(s), s.name
		if s.def != "" {
			flag += " (default " + s.def + ")"
		}
		if s.secret {
			flag, env = flag+", --"+s.flag()+"-file path", env+", "+env+fileTwin
		}
		line("")
		line("  " + flag)
		line("  " + env)
		for _, text := range wrap(sentence(s.doc), manualWidth-6) {
			line("      " + text)
		}
	}
	return out.Flush()
}
