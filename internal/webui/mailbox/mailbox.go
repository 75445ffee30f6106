// Package mailbox is the page of development that shows what a mail.Box captured:
// live tokens.
//
//	GET /dev/mailbox            the list, newest first; ?to= for one recipient
//	GET /dev/mailbox/{id}       one mail
//	GET /dev/mailbox/{id}/html  its HTML alone
//	GET /dev/mailbox.json       the list, for programs
//
// All answer 404 unless there is a Box, the peer is this computer, the Host header
// says localhost, 127.0.0.1 or [::1] (a page elsewhere may have its own name lead
// here: DNS rebinding), neither a header nor HTTP/1.0 tells of a proxy in between,
// and on Linux the process at the other end is of our own user or of root. A
// mail's HTML is shown in a sandboxed frame from an address of its own, where
// nothing runs and nothing loads.
package mailbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// pages shows a box.
type pages struct {
	*frame.Frame

	box   *mail.Box
	clock clock.Clock
}

// listView is the list of captured mail.
type listView struct {
	frame.Page

	To        string // the filter
	Count     string // how many there are, in words
	JSON      string // the same list for programs
	PublicURL string
	Mails     []captured
}

func (*listView) Template() string { return "mailbox" }

// mailView is one captured mail.
type mailView struct {
	frame.Page

	Mail captured
}

func (*mailView) Template() string { return "mail" }

// captured is a mail as it is shown.
type captured struct {
	ID, To, Subject, Text string
	Instant               string // when it came, for programs
	Ago, Clock            string // and for people, on this computer's clock
	Links                 []string
	Frame                 string // where its HTML is, empty if it has none
	Others                string // the mail to the same recipient
}

// Views are the pages that there are, each empty.
func Views() []frame.View { return []frame.View{&listView{}, &mailView{}} }

// Mount adds the pages to a mux. Without a box there are none.
func Mount(mux *frame.Mux, f *frame.Frame, box *mail.Box, c clock.Clock) {
	p := &pages{Frame: f, box: box, clock: c}
	mux.Handle(frame.MailboxPath, p.local(p.Methods(p.getMailbox, nil)))
	mux.Handle(frame.MailboxPath+"/{id}", p.local(p.Methods(p.getMail, nil)))
	mux.Handle(frame.MailboxPath+"/{id}/html", p.local(p.Methods(p.getMailHTML, nil)))
	mux.Handle(frame.MailboxPath+".json", p.localJSON(p.Methods(p.getMailboxJSON, nil)))
}

func (p *pages) getMailbox(w http.ResponseWriter, r *http.Request) {
	to := strings.TrimSpace(r.URL.Query().Get("to"))
	mails := p.box.List(to)
	v := &listView{
		Page: frame.Titled(p.Say(r).Text("mailbox.heading")), To: to, Count: p.Say(r).Count("mailbox.count", len(mails)), JSON: frame.MailboxPath + ".json",
		PublicURL: strings.TrimSuffix(p.PublicURL, "/"),
	}
	if len(mails) == 0 {
		v.Count = p.Say(r).Text("mailbox.count.none")
	}
	if to != "" {
		v.Count = p.Say(r).Text("mailbox.count.to", "count", v.Count, "to", to)
		v.JSON += "?" + recipientQuery(to)
	}
	for _, m := range mails {
		v.Mails = append(v.Mails, p.shown(r, m))
	}
	w.Header().Set("Content-Security-Policy", frame.PolicyMailbox)
	p.Show(w, r, http.StatusOK, v)
}

func (p *pages) getMail(w http.ResponseWriter, r *http.Request) {
	m, ok := p.box.Get(r.PathValue("id"))
	if !ok {
		p.NotFound(w, r)
		return
	}
	v := &mailView{Mail: p.shown(r, m)}
	v.Heading = v.Mail.Subject
	w.Header().Set("Content-Security-Policy", frame.PolicyMail)
	p.Show(w, r, http.StatusOK, v)
}

// getMailHTML serves a mail's HTML alone, for a frame. It is not a page of ours:
// it may not load, run or send anything.
func (p *pages) getMailHTML(w http.ResponseWriter, r *http.Request) {
	m, ok := p.box.Get(r.PathValue("id"))
	if !ok || m.HTML == "" {
		p.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", frame.PolicyMailHTML)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Del("Cross-Origin-Opener-Policy") // not for a document in a sandbox
	_, _ = w.Write([]byte(linksOpenBeside(m.HTML)))
}

// getMailboxJSON lists captured mail for programs, newest first.
func (p *pages) getMailboxJSON(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(p.box.List(r.URL.Query().Get("to"))) // a reader who left needs no answer
}

func (p *pages) shown(r *http.Request, m mail.Captured) captured {
	v := captured{
		ID: m.ID, To: m.To, Subject: m.Subject, Text: m.Text, Links: m.Links,
		Instant: m.ReceivedAt.UTC().Format(time.RFC3339),
		Ago:     p.Say(r).Ago(p.clock.Now().Sub(m.ReceivedAt)),
		Clock:   m.ReceivedAt.Local().Format(time.DateTime),
		Others:  frame.MailboxPath + "?" + recipientQuery(m.To),
	}
	if strings.TrimSpace(v.Subject) == "" {
		v.Subject = p.Say(r).Text("mailbox.subject_missing")
	}
	if m.HTML != "" {
		v.Frame = frame.MailboxPath + "/" + url.PathEscape(m.ID) + "/html"
	}
	return v
}

func recipientQuery(to string) string { return url.Values{"to": {to}}.Encode() }

// linksOpenBeside makes every link of a mail open in a new tab: in the frame
// that shows the mail, pages refuse to be shown.
func linksOpenBeside(mailHTML string) string {
	doc, err := html.Parse(strings.NewReader(mailHTML))
	if err != nil {
		return mailHTML
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || (n.DataAtom != atom.A && n.DataAtom != atom.Area) {
			continue
		}
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			if a.Key != "target" && a.Key != "rel" {
				kept = append(kept, a)
			}
		}
		n.Attr = append(kept, html.Attribute{Key: "target", Val: "_blank"}, html.Attribute{Key: "rel", Val: "noopener noreferrer"})
	}
	var out strings.Builder
	if err := html.Render(&out, doc); err != nil {
		return mailHTML
	}
	return out.String()
}
