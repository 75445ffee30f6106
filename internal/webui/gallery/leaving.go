package gallery

import (
	"net/http"
	"net/url"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/gallery/canned"
)

// movingScenes are about another address.
func movingScenes() []scene {
	ask := posting(frame.EmailPath, url.Values{"new_email": {"ada@new.example"}})
	confirm := posting(link.Path(store.PurposeConfirmEmail), url.Values{"token": {"spe_canned"}, "email": {"ada@new.example"}})
	undo := posting(link.Path(store.PurposeUndoEmail), url.Values{"token": {"spu_canned"}, "email": {canned.Email}})
	return []scene{
		{name: "email", shows: "a form for another address", path: frame.EmailPath},
		ask(scene{name: "email-missing", shows: "nothing was entered", form: url.Values{}}),
		ask(scene{
			name: "email-no-address", shows: "what was entered is no address", form: url.Values{"new_email": {"ada@"}},
			outcome: fault.ErrInvalidInput.WithFields(fault.Wrong("new_email", "email")),
		}),
		ask(scene{
			name: "email-same", shows: "it is the address that one has", form: url.Values{"new_email": {canned.Email}},
			outcome: fault.ErrInvalidInput.WithFields(fault.Wrong("new_email", "same_email")),
		}),
		ask(scene{name: "email-limited", shows: "too many tries", limited: cannedFault(fault.Limited).WithRetryAfter(40 * time.Minute)}),
		{name: "account-email-asked", shows: "a link to the new address is on its way", path: frame.AccountPath, note: &note{Says: "email_asked"}},
		{name: "email-confirm", shows: "the link to the new address was opened by whoever is signed in", path: link.Path(store.PurposeConfirmEmail) + "?token=spe_canned", known: true},
		{name: "email-confirm-password", shows: "the same where nobody is signed in", path: link.Path(store.PurposeConfirmEmail) + "?token=spe_canned"},
		confirm(scene{name: "email-confirm-missing", shows: "the password is missing", outcome: account.ErrPasswordRequired}),
		confirm(scene{name: "email-confirm-wrong", shows: "the password was wrong", outcome: account.ErrWrongPassword}),
		confirm(scene{name: "email-confirm-done", shows: "the address is changed"}),
		{name: "email-confirm-link", shows: "the link was used, superseded, has expired or was never made", path: link.Path(store.PurposeConfirmEmail) + "?token=spe_canned", unusable: true},
		confirm(scene{name: "email-confirm-limited", shows: "too many tries", limited: cannedFault(fault.Limited).WithRetryAfter(9 * time.Minute)}),
		{name: "email-undo", shows: "the link to the old address was opened", path: link.Path(store.PurposeUndoEmail) + "?token=spu_canned"},
		undo(scene{name: "email-undo-done", shows: "the old address is put back"}),
		undo(scene{name: "email-undo-taken", shows: "another account has the old address by now", outcome: account.ErrEmailTaken}),
		{name: "email-undo-link", shows: "the link was used, has expired or was never made", path: link.Path(store.PurposeUndoEmail) + "?token=spu_canned", unusable: true},
		undo(scene{name: "email-undo-unavailable", shows: "no database when the button was pressed", outcome: fault.ErrUnavailable}),
	}
}

// leavingScenes are about taking data along, and leaving.
func leavingScenes() []scene {
	leave := posting(frame.DataPath, url.Values{"confirm": {canned.Email}})
	export := posting(frame.DataPath+"/export", url.Values{})
	signIn := posting(frame.SignInPath, url.Values{"email": {canned.Email}, "password": {galleryPassword}})
	keep := posting(frame.RestorePath, url.Values{"token": {"spd_canned"}, "email": {canned.Email}})
	return []scene{
		{name: "data", shows: "what is held, and the end of it", path: frame.DataPath},
		leave(scene{name: "data-missing", shows: "the address was not typed", form: url.Values{}}),
		leave(scene{name: "data-wrong", shows: "another address was typed", form: url.Values{"confirm": {"grace@example.org"}}}),
		leave(scene{name: "data-limited", shows: "too many tries", limited: cannedFault(fault.Limited).WithRetryAfter(40 * time.Second)}),
		export(scene{name: "data-export-limited", shows: "too many exports", limited: cannedFault(fault.Limited).WithRetryAfter(40 * time.Second)}),
		export(scene{name: "data-export-unavailable", shows: "no database when the export was asked for", outcome: fault.ErrUnavailable}),
		{name: "sign-in-deleted", shows: "the account is deleted", path: frame.SignInPath, note: &note{Says: "deleted"}},
		signIn(scene{name: "sign-in-restore", shows: "the account is about to be erased", outcome: login.ErrPendingDeletion.WithMember(login.MemberRestore, "spd_canned")}),
		{
			name: "second-factor-restore", shows: "the same after a second factor", method: http.MethodPost, path: frame.SecondFactorPath,
			form: url.Values{"method": {"totp"}, "code": {"123456"}}, step: &step{Token: "spm_canned", Methods: []string{"totp"}},
			outcome: login.ErrPendingDeletion.WithMember(login.MemberRestore, "spd_canned"),
		},
		keep(scene{name: "sign-in-restore-unavailable", shows: "no database when the button was pressed", outcome: fault.ErrUnavailable}),
		{name: "sign-in-restored", shows: "the account is kept", path: frame.SignInPath, note: &note{Says: "restored"}},
	}
}
