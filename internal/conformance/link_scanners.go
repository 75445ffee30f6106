package conformance

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scannerRows are about programs that open mailed links before people do.
func scannerRows() []Row {
	const why = "Mail systems open every link. A link that this spends is dead when its owner comes, or has verified an address that nobody read."
	return []Row{
		{
			Name: "scanned-verify-link", try: tryScannedVerify, Why: why,
			Promise: "GET, HEAD and prefetch leave the link of a sign-up as it was.",
			Sources: []string{"RFC 9110 §9.2.1", "ASVS 3.5.3"},
		},
		{
			Name: "scanned-reset-link", try: tryScannedReset, Why: why,
			Promise: "GET, HEAD and prefetch leave the link of a reset as it was.",
			Sources: []string{"RFC 9110 §9.2.1", "ASVS 3.5.3"},
		},
		{
			Name: "submitted-form", try: trySubmittedForm, Why: why,
			Promise: "A scanner that sends the form behind a link, as it stands, verifies nothing and resets nothing.",
			Sources: []string{"RFC 9110 §9.2.1", "ASVS 6.5.1"},
		},
	}
}

// looks are the ways in which scanners and browsers look at a link.
func looks() []request {
	get := func(header map[string]string) request { return request{method: http.MethodGet, header: header} }
	return []request{
		get(nil),
		{method: http.MethodHead},
		get(map[string]string{"Sec-Purpose": "prefetch"}),
		get(map[string]string{"Purpose": "prefetch", "X-Moz": "prefetch"}),
		get(map[string]string{"Accept": "text/html,application/xhtml+xml", "User-Agent": "Mozilla/5.0 (link scanner)"}),
		get(map[string]string{"Accept": "application/json"}),
		{method: http.MethodHead, header: map[string]string{"Accept": "text/html"}},
	}
}

// scan looks at a link in every way.
func (a *attempt) scan(ctx context.Context, l link) error {
	for _, look := range looks() {
		look.path = l.path
		if _, err := a.call(ctx, look); err != nil {
			return err
		}
	}
	return nil
}

func tryScannedVerify(ctx context.Context, a *attempt) error {
	p, err := a.applicant(ctx)
	if err != nil {
		return err
	}
	if err := a.scan(ctx, p.link); err != nil {
		return err
	}
	return a.unverified(ctx, p)
}

// unverified expects a sign-up that still waits for its owner, who then comes.
func (a *attempt) unverified(ctx context.Context, p person) error {
	if err := a.outside(ctx, p, "after a program looked at the link"); err != nil {
		return err
	}
	got, err := a.verify(ctx, p)
	if err != nil {
		return err
	}
	if !got.ok() {
		return broken("the owner's own use of the link was answered %v", got)
	}
	return nil
}

func tryScannedReset(ctx context.Context, a *attempt) error {
	p, l, err := a.forgetful(ctx)
	if err != nil {
		return err
	}
	if err := a.scan(ctx, l); err != nil {
		return err
	}
	return a.resettable(ctx, p, l)
}

// resettable expects the link of a reset to be good, and the old password as well.
func (a *attempt) resettable(ctx context.Context, p person, l link) error {
	if ok, err := a.opens(ctx, p.email, p.password); err != nil || !ok {
		return broken("the password does not sign in after a program looked at the link (%v)", err)
	}
	got, err := a.call(ctx, resetRequest(l.token, newPassword()))
	if err != nil {
		return err
	}
	if !got.ok() {
		return broken("the owner's own use of the link was answered %v", got)
	}
	return nil
}

func trySubmittedForm(ctx context.Context, a *attempt) error {
	p, err := a.applicant(ctx)
	if err != nil {
		return err
	}
	sent, err := a.submitForms(ctx, p.link)
	if err != nil {
		return err
	}
	if err := a.unverified(ctx, p); err != nil {
		return err
	}
	l, err := a.resetLink(ctx, p)
	if err != nil {
		return err
	}
	also, err := a.submitForms(ctx, l)
	if err != nil {
		return err
	}
	if sent+also == 0 {
		a.finding = "the pages behind the links have no forms"
	}
	return a.resettable(ctx, p, l)
}

// submitForms opens a link as a browser would and sends every form of its page, with
// what stands in the fields and the cookies of the page.
func (a *attempt) submitForms(ctx context.Context, l link) (int, error) {
	page, err := a.call(ctx, request{method: http.MethodGet, path: l.path, header: map[string]string{"Accept": "text/html"}})
	if err != nil {
		return 0, err
	}
	doc, err := html.Parse(strings.NewReader(string(page.body)))
	if err != nil {
		return 0, untried("the page behind the link is no HTML: %v", err)
	}
	var cookies []string
	for _, c := range (&http.Response{Header: page.header}).Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	sent := 0
	for form := range doc.Descendants() {
		if form.DataAtom != atom.Form || !strings.EqualFold(attribute(form, "method"), http.MethodPost) {
			continue
		}
		r := request{
			method: http.MethodPost, path: target(l.path, attribute(form, "action")), form: fields(form),
			header: map[string]string{"Origin": a.origin(l), "Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
		}
		if cookies != nil {
			r.header["Cookie"] = strings.Join(cookies, "; ")
		}
		if _, err := a.call(ctx, r); err != nil {
			return sent, err
		}
		sent++
	}
	return sent, nil
}

// origin is where the page behind a link believes to stand.
func (a *attempt) origin(l link) string {
	u, err := url.Parse(l.whole)
	if err != nil {
		return a.base
	}
	return u.Scheme + "://" + u.Host
}

// target is the path that a form on a page is sent to.
func target(page, action string) string {
	from, err := url.Parse(page)
	if err != nil {
		return page
	}
	to, err := from.Parse(action)
	if err != nil {
		return page
	}
	return to.RequestURI()
}

// fields are the values that a form has before anybody types.
func fields(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name := attribute(n, "name")
		switch {
		case name == "":
		case n.DataAtom == atom.Input, n.DataAtom == atom.Button:
			values.Add(name, attribute(n, "value"))
		case n.DataAtom == atom.Textarea, n.DataAtom == atom.Select:
			values.Add(name, "")
		}
	}
	return values
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
