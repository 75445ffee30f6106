package frame

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"

	"github.com/sallyport-auth/sallyport/internal/webui/asset"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// Shape names a template that fills the layout.
type Shape string

// The shapes that a page can have.
const (
	ShapePress     Shape = "press"         // one button, which spends a token
	ShapeClaim     Shape = "claim"         // a link that asks for a password as well
	ShapeReset     Shape = "reset"         // a form for a new password
	ShapeDone      Shape = "done"          // a link was used
	ShapeLink      Shape = "link"          // a link cannot be used
	ShapeNotice    Shape = "notice"        // something else went wrong
	ShapeSignIn    Shape = "sign-in"       // address and password
	ShapeByMail    Shape = "by-mail"       // whom to mail what signs in
	ShapeMailCode  Shape = "mail-code"     // that mail is on its way; its code
	ShapeSignUp    Shape = "sign-up"       // a new account
	ShapeForgot    Shape = "forgot"        // whose password is to be reset
	ShapeCheckMail Shape = "check-mail"    // a mail is on its way
	ShapeSignOut   Shape = "sign-out"      // one button
	ShapeAccount   Shape = "account"       // what one is and has here
	ShapePassword  Shape = "password"      // a form to change it
	ShapeDevices   Shape = "devices"       // where one is signed in
	ShapeSecond    Shape = "second-factor" // a code
	ShapeFactors   Shape = "factors"       // what there is as a second factor
	ShapeEnrol     Shape = "enrol"         // a code generator to be
	ShapeCodes     Shape = "codes"         // recovery codes, once
	ShapePasskeys  Shape = "passkeys"      // the passkeys of an account
	ShapeEmail     Shape = "email"         // a form for another address
	ShapeData      Shape = "data"          // what is held, and the end of it
	ShapeMailbox   Shape = "mailbox"       // list of captured mail
	ShapeMail      Shape = "mail"          // one captured mail
)

func allShapes() []Shape {
	return []Shape{
		ShapePress, ShapeClaim, ShapeReset, ShapeDone, ShapeLink, ShapeNotice, ShapeSignIn, ShapeByMail, ShapeMailCode, ShapeSignUp, ShapeForgot,
		ShapeCheckMail, ShapeSignOut, ShapeAccount, ShapePassword, ShapeDevices, ShapeSecond, ShapeFactors, ShapeEnrol, ShapeCodes,
		ShapeEmail, ShapeData, ShapePasskeys, ShapeMailbox, ShapeMail,
	}
}

// parts are the templates that every shape is built from.
func parts() []string { return []string{"layout", "form", "passkey", "icons"} }

// shapes are the parsed templates of one language.
type shapes map[Shape]*template.Template

// source is where templates are read from: the operator's folder, if there is
// one, and the program for the rest.
type source struct{ own, override fs.FS }

func newSource(override fs.FS) (source, error) {
	own, err := fs.Sub(templateFiles, "templates")
	if err != nil {
		return source{}, fmt.Errorf("open embedded templates: %w", err)
	}
	s := source{own: own, override: override}
	return s, s.checkNames()
}

// checkNames refuses a file that nothing would ever read: it would be a misspelt
// override.
func (s source) checkNames() error {
	if s.override == nil {
		return nil
	}
	entries, err := fs.ReadDir(s.override, ".")
	if err != nil {
		return fmt.Errorf("read folder of page templates: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".html" {
			continue
		}
		if _, err := fs.Stat(s.own, e.Name()); err != nil {
			return fmt.Errorf("page template %s takes the place of none", e.Name())
		}
	}
	return nil
}

func (s source) read(name string) (string, error) {
	if s.override != nil {
		text, err := fs.ReadFile(s.override, name)
		if err == nil {
			return string(text), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("read page template: %w", err)
		}
	}
	text, err := fs.ReadFile(s.own, name)
	if err != nil {
		return "", fmt.Errorf("read page template: %w", err)
	}
	return string(text), nil
}

// parse adds a file to t. Errors of html/template name the file and the line.
func (s source) parse(t *template.Template, name string) error {
	text, err := s.read(name)
	if err != nil {
		return err
	}
	if _, err := t.New(name).Parse(text); err != nil {
		return fmt.Errorf("page template: %w", err)
	}
	return nil
}

func (s source) parseAll(c words.Catalogue, files asset.Assets) (shapes, error) {
	base := template.New("base").Option("missingkey=error").Funcs(template.FuncMap{
		"t": c.Text, "n": c.Count, "path": pathOf, "asset": files.URL, "brands": files.Brands,
	})
	for _, name := range parts() {
		if err := s.parse(base, name+".html"); err != nil {
			return nil, err
		}
	}
	all := shapes{}
	for _, name := range allShapes() {
		t, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("copy layout of the pages: %w", err)
		}
		if err := s.parse(t, string(name)+".html"); err != nil {
			return nil, err
		}
		all[name] = t
	}
	return all, nil
}

// try renders every shape once, so that a template that names what is not there
// is a loud failure at start and not a page that is not shown.
func (all shapes) try() error {
	for name, t := range all {
		if err := t.ExecuteTemplate(io.Discard, "layout", sampleView(name)); err != nil {
			return fmt.Errorf("page template %s.html: %w", name, err)
		}
	}
	return nil
}

// sampleView has something in every field that a shape may show.
func sampleView(s Shape) View {
	f := Field{
		ID: "sample", Name: "sample", Kind: "email", Autocomplete: "off", Label: "-", Hint: "-", Value: "-", Problem: "-",
		Required: true, Focus: true, MinLength: 8,
	}
	choice := f
	choice.Kind, choice.Choices = "choice", []Choice{{Code: "-", Name: "-"}}
	password := f
	password.Kind = "password"
	v := View{
		Heading: "-", Product: "-", AppURL: "https://app.example/", RequestID: "-", Logo: "/static/logo.svg", Here: "/", Bare: "/",
		Languages: []language{{Code: words.English, Name: "-", Current: true}, {Code: "de", Name: "-"}},
		Flow:      FlowVerify, Action: "/", Token: "-", Alert: "-", Note: "-", MinLength: 8, Notice: "limited", Wait: "-", Retry: true,
		Form:   &Form{Action: "/", ReturnTo: "/", Username: "-", Fields: []Field{f, password, choice}, Button: "-"},
		SignUp: true, ByMail: true, Everywhere: true, ReturnTo: "/", Email: "-", Kind: string(FlowVerify),
		Account: &AccountView{Email: "-", ID: "-", Since: "-", LastSignIn: "-", Verified: true},
		Devices: []DeviceItem{{ID: "-", Kind: "-", Name: "-", Address: "-", Place: "-"}, {Current: true}, {ID: "-", Ended: "-", Reason: "-"}},
		Others:  true, More: "/", Past: "/",
		Lead: "-", Methods: []MethodLink{{Address: "/", Label: "-"}},
		Factors:  &FactorsView{TOTP: true, Passkeys: true, CodesLeft: "-", FewCodes: true, QR: "<svg/>", Secret: "-", Codes: []string{"-"}},
		Chosen:   MethodPasskey,
		Passkey:  &PasskeyForm{Action: "/", ReturnTo: "/", Method: MethodPasskey, Create: true, Autofill: true, Quiet: true, Ceremony: "-", Options: "{}", Fields: []Field{f}, Button: "-"},
		Passkeys: []PasskeyItem{{ID: "-", Name: "-", Since: "-", Used: "-", BackedUp: true, Rename: Field{ID: "rename", Name: "name", Kind: "text", Label: "-"}}},
		Device:   &DeviceView{Kind: "-", Address: "-", Place: "-"},
		Mailbox:  &MailboxView{To: "-", Mails: []MailView{{ID: "-", To: "-", Subject: "-"}}},
		Mail:     &MailView{ID: "-", To: "-", Links: []string{"-"}, Frame: "/"},
	}
	if s == ShapeReset {
		v.Problem = "-"
	}
	return v
}
