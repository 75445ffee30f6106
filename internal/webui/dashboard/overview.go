package dashboard

import (
	"net/http"
	"strings"
)

// overviewView is what an operator sees first.
type overviewView struct {
	page

	Roles   string // the operator's own
	Numbers *numbers
}

// Template is the page's.
func (*overviewView) Template() string { return "admin" }

// getOverview leads to what the operator may do. It shows nothing of anybody: numbers
// are for those who may read events.
func (d *desk) getOverview(w http.ResponseWriter, r *http.Request, op *operator) {
	shown, err := d.numbers(r, op)
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	v := &overviewView{page: d.page(r, op, d.Say(r).Text("admin.overview")), Roles: strings.Join(op.user.Roles, ", "), Numbers: shown}
	v.Note = d.Hear(w, r, userNotes()...)
	d.Show(w, r, http.StatusOK, v)
}
