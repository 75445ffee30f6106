// Package webui is the edge for people: the pages on which they sign up, sign in
// and look after their account, the pages behind the links in mail, the mailbox
// page of development, and the files that they need. It knows net/http and
// html/template; what happens, the rooms decide. docs/pages.md has every path.
//
// # Signing in
//
//	GET  /                 leads to the account or the sign-in
//	GET  /sign-in, POST    address and password
//	POST /sign-in/passkey  a passkey alone
//	GET  /sign-in/second-factor, POST  the second factor, where the account has one
//	GET  /sign-in/mail, POST  mails a link or a code to sign in with, where that is on
//	GET  /sign-in/mail/code, POST  where the mail went; takes its code
//	GET  /sign-in/application  leads on to an application on another host, once
//	                       somebody is signed in (application.go)
//	GET  /sign-up, POST    a new account
//	GET  /forgot-password  whose password is to be reset; POST mails a link
//	GET  /check-mail       where the mail went; POST mails it once more
//	GET  /sign-out, POST   ends this browser's session, or all
//	POST /language         remembers a language
//	GET  /.well-known/change-password  leads password managers to the page
//
// What they stand in, and what protects them all, is in package frame; the pages
// on which a person looks after their account are in package home, those of operators
// in package dashboard, the mailbox of development in package mailbox.
//
// The cookie of a session is drawn anew at every sign-in; what a browser sent
// before is never promoted, so that a planted cookie stands for nobody (session
// fixation).
//
// What strangers are answered is the same for an address that has an account
// and one that has none, as in the JSON API.
//
// # The pages behind links
//
//	GET  /auth/verify-email?token=    who signed up, and a form for the password; one
//	                                  button in the browser that signed up
//	POST /auth/verify-email           spends the token with it and signs in, or why not
//	GET  /auth/invitation?token=      which address is invited, and a form for name and password
//	POST /auth/invitation             spends the token: signed in, or why not
//	GET  /auth/reset-password?token=  whose password, and a form for the new one
//	POST /auth/reset-password         spends the token: done, or why not
//	GET  /auth/sessions/not-me?token= the device that a mail told of, and a button
//	POST /auth/sessions/not-me        spends the token: signed out there, or why not
//	GET  /auth/magic-link?token=      whom the link signs in, and a button
//	POST /auth/magic-link             spends the token: signed in, or why not
//	GET  /auth/confirm-email?token=   which address is to be the account's, and a button
//	POST /auth/confirm-email          spends the token: changed, or why not
//	GET  /auth/undo-email?token=      which address is to be put back, and a button
//	POST /auth/undo-email             spends the token: put back, or why not
//
// Each says which address or device it is about, so that whoever was sent the link of
// somebody else's account notices. The form carries the address along for a page
// that is shown again; the token alone decides.
//
// GET and HEAD change nothing, so that a link scanner can neither verify nor
// spend anything. The one exception is the setting VerifyEmailOnGet; even then
// neither HEAD nor a browser's prefetch verifies. A token that was consumed, was
// superseded, has expired or is unknown gives one page that tells none of these
// apart. A password that is refused as weak shows the form again and spends
// nothing; no page ever holds a password that was typed.
//
// Statuses are truthful: 200 done or a form to fill, 400 a link that cannot be
// used, 422 a weak password, 429 and 503 with Retry-After, 500 with the request
// id. Where trying again is the remedy, the form is shown again, ready for it.
//
// A form behind a link is answered with a page, not with a redirect. So that
// loading that page again does not look like a failure, success leaves a cookie for ten
// minutes that holds a hash of the token: a token that this very browser has
// spent shows the page of success again. The cookie opens nothing.
//
// One-time tokens count against the client address like those sent to the JSON
// API, and so do answers to the second factor and ceremonies for one.
//
// # Words and states
//
// Every visible word stands in package words, in each language; the reader's
// choice counts, else what the browser asks for. Package gallerytest shows every page
// in every state through the real handlers and over real rooms, in each language,
// light and dark.
package webui

import (
	"errors"
	"mime"
	"net/http"
	"path"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/dashboard"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/home"
	"github.com/sallyport-auth/sallyport/internal/webui/mailbox"
)

// Options is what the pages need.
type Options struct {
	frame.Options

	// Visitors knows the applications on other hosts; nil for none.
	Visitors *forward.Visitors
	// MailsLink and MailsCode say what a mail that signs in brings; nobody signs in
	// by mail if it is neither.
	MailsLink, MailsCode bool
	// Box is the mailbox of development, nil if mail goes out by SMTP.
	Box   *mail.Box
	Clock clock.Clock
	// VerifyEmailOnGet verifies as soon as the link is opened.
	VerifyEmailOnGet bool
	// VerifyEmailTTL is how long a browser that signed up remembers it.
	VerifyEmailTTL time.Duration
	// SignUpOpen says that anybody may sign up.
	SignUpOpen bool
}

// byMail reports whether people sign in by mail.
func (o *Options) byMail() bool { return o.MailsLink || o.MailsCode }

// pages answers for people.
type pages struct {
	*frame.Frame

	rooms Options
}

// Site is all pages and their files.
type Site struct {
	frame *frame.Frame
	paths *frame.Mux
	pages http.Handler
}

// For reports whether a request is for a page, and whether its Accept header
// decided that: at the root, and where mailed links lead, programs are answered,
// too. There a page is what a browser asks for or posts a form to.
func (s *Site) For(r *http.Request) (yes, byAccept bool) {
	looks := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case r.URL.Path == "/" && looks:
		return len(r.Header["Accept"]) > 0 && middleware.WantsPage(r.Header["Accept"]), true
	case !slices.Contains(link.Paths(), r.URL.Path):
		return s.paths.Owns(r.URL.Path), false
	case looks:
		return middleware.WantsPage(r.Header["Accept"]), true
	default:
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		return r.Method == http.MethodPost && err == nil && kind == "application/x-www-form-urlencoded", false
	}
}

// ServeHTTP answers every path: what it does not know is a page that says so.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.pages.ServeHTTP(w, r) }

// Fail shows what stopped a request that did not get through to a page, or in
// one.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, err error) {
	s.frame.FailOutside(w, r, err)
}

// SessionCookie is the cookie of a session that a browser sent, or nothing.
func (s *Site) SessionCookie(r *http.Request) string { return s.frame.Cookie(r, frame.CookieSession) }

// SignInURL is the address of the sign-in page. It leads back to an address of ours
// or of the app, and to no other ([frame.Frame.ReturnTo]).
func (s *Site) SignInURL(back string) string { return s.frame.SignInURL(back) }

// ApplicationURL is the address of the page that signs in to an application on
// another host and leads on to a path of it, in the browser of a nonce.
func (s *Site) ApplicationURL(origin, challenge, path string) string {
	return s.frame.Address(applicationPath(origin, challenge, path))
}

// RefusedURL is the address of the page that says that signing in to an application
// did not work.
func (s *Site) RefusedURL(origin string) string { return s.frame.Address(refusedPath(origin)) }

// SignOutURL is the address of the page that signs out.
func (s *Site) SignOutURL() string { return s.frame.Address(frame.SignOutPath) }

// New builds the pages.
func New(o Options) (*Site, error) {
	if !o.Whole() || o.Limits == nil || o.Clock == nil {
		return nil, errors.New("pages: every room, Limits and Clock are required")
	}
	if o.Visitors != nil {
		o.Applications = o.Visitors.Origins()
	}
	f, err := frame.New(o.Options, views()...)
	if err != nil {
		return nil, err
	}
	p := &pages{Frame: f, rooms: o}
	paths := p.routes()
	guarded, err := f.Guard(paths)
	if err != nil {
		return nil, err
	}
	return &Site{frame: f, paths: paths, pages: guarded}, nil
}

// views are the pages that there are, each empty.
func views() []frame.View {
	own := []frame.View{
		&signInView{}, &byMailView{}, &mailCodeView{}, &signUpView{}, &forgotView{}, &checkMailView{}, &signOutView{},
		&applicationView{}, &pressView{}, &claimView{}, &resetView{}, &invitationView{}, &doneView{}, &linkView{},
	}
	return slices.Concat(own, home.Views(), dashboard.Views(), mailbox.Views())
}

// routes is the whole surface. What is shared with programs is theirs unless a
// browser asks ([Site.For]).
func (p *pages) routes() *frame.Mux {
	mux := p.NewMux()
	mux.Share("/{$}", p.Methods(p.getRoot, nil))
	mux.Handle(frame.SignInPath, p.Methods(p.getSignIn, p.postSignIn))
	mux.Handle(frame.SecondFactorPath, p.Methods(p.getSecondFactor, p.postSecondFactor))
	mux.Handle(frame.ByPasskeyPath, p.Methods(p.toSignIn, p.postPasskey))
	mux.Handle(frame.SignUpPath, p.Methods(p.getSignUp, p.postSignUp))
	mux.Handle(frame.SignOutPath, p.Methods(p.getSignOut, p.postSignOut))
	mux.Handle(frame.ForgotPath, p.Methods(p.getForgotPassword, p.postForgotPassword))
	mux.Handle(frame.CheckMailPath, p.Methods(p.getCheckMail, p.postCheckMail))
	mux.Handle(frame.RestorePath, p.Methods(p.toSignIn, p.postRestore))
	mux.Handle(frame.LanguagePath, p.Methods(p.NotFound, p.PostLanguage))
	mux.Handle(frame.ChangePasswordPath, p.Methods(func(w http.ResponseWriter, _ *http.Request) { p.Redirect(w, frame.PasswordPath) }, nil))
	if p.rooms.Visitors != nil {
		mux.Handle(frame.ApplicationPath, p.Methods(p.getApplication, nil))
		mux.Handle(frame.RefusedPath, p.Methods(p.getRefused, nil))
	}
	home.Mount(mux, p.Frame)
	dashboard.Mount(mux, p.Frame, p.rooms.Clock)

	mux.Share(link.Path(store.PurposeVerifyEmail), p.Methods(p.getVerifyEmail, p.postVerifyEmail))
	mux.Share(link.Path(link.Invitation), p.Methods(p.getInvitation, p.postInvitation))
	mux.Share(link.Path(store.PurposeResetPassword), p.Methods(p.getResetPassword, p.postResetPassword))
	mux.Share(link.Path(store.PurposeConfirmEmail), p.Methods(p.getConfirmEmail, p.postConfirmEmail))
	mux.Share(link.Path(store.PurposeUndoEmail), p.pressable(p.undoEmail()))
	mux.Share(link.Path(store.PurposeDisown), p.pressable(p.disown()))
	if p.rooms.byMail() {
		mux.Handle(frame.ByMailPath, p.Methods(p.getByMail, p.postByMail))
		mux.Handle(frame.MailCodePath, p.Methods(p.getMailCode, p.postMailCode))
		mux.Share(link.Path(link.MagicLink), p.pressable(p.magicLink()))
	}
	mailbox.Mount(mux, p.Frame, p.rooms.Box, p.rooms.Clock)
	for _, whole := range []string{frame.SignInPath, frame.AccountPath, path.Dir(frame.MailboxPath)} {
		mux.Handle(whole+"/", http.HandlerFunc(p.NotFound))
	}
	return mux
}
