package personal

import (
	"encoding/json"
	"errors"
	"io"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// document writes a JSON object member by member, without holding it. Its first
// error stays.
type document struct {
	w       io.Writer
	members int
	items   int
	err     error
}

func (d *document) text(s string) {
	if d.err == nil {
		_, d.err = io.WriteString(d.w, s)
	}
}

func (d *document) value(v any) {
	if d.err != nil {
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		d.err = err
		return
	}
	_, d.err = d.w.Write(text)
}

func (d *document) name(name string) {
	open := ",\n"
	if d.members == 0 {
		open = "{\n"
	}
	d.members++
	d.text(open)
	d.value(name)
	d.text(": ")
}

// member adds a member.
func (d *document) member(name string, v any) {
	d.name(name)
	d.value(v)
}

// list begins a member that is a list.
func (d *document) list(name string) {
	d.name(name)
	d.text("[")
	d.items = 0
}

func (d *document) item(v any) {
	if d.items > 0 {
		d.text(",")
	}
	d.items++
	d.text("\n")
	d.value(v)
}

func (d *document) endList() { d.text("]") }

// end closes the object, and gives the first error.
func (d *document) end() error {
	d.text("\n}\n")
	return d.err
}

// absent turns "not found" into no error.
func absent(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// words is a list that is written as one, also if it is empty.
func words(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
