package frame

import (
	"fmt"
	"maps"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// The paths of the pages, each in this place alone; templates write
// {{path "sign-in"}}. Where mailed links lead stands in package link.
const (
	SignInPath       = "/sign-in"
	SecondFactorPath = SignInPath + "/second-factor"
	ByPasskeyPath    = SignInPath + "/passkey"
	ByMailPath       = SignInPath + "/mail"
	MailCodePath     = ByMailPath + "/code"
	RestorePath      = SignInPath + "/restore"
	// ApplicationPath leads on to an application on another host, and RefusedPath says
	// that it could not.
	ApplicationPath = SignInPath + "/application"
	RefusedPath     = ApplicationPath + "/refused"
	SignUpPath      = "/sign-up"
	SignOutPath     = "/sign-out"
	ForgotPath      = "/forgot-password"
	CheckMailPath   = "/check-mail"
	LanguagePath    = "/language"

	AccountPath  = "/account"
	ConfirmPath  = AccountPath + "/confirm" // where people prove once more who they are
	PasswordPath = AccountPath + "/password"
	DevicesPath  = AccountPath + "/devices"
	ActivityPath = AccountPath + "/activity"
	FactorsPath  = AccountPath + "/second-factor"
	PasskeysPath = AccountPath + "/passkeys"
	EmailPath    = AccountPath + "/email"
	DataPath     = AccountPath + "/data"
	// ChangePasswordPath is where password managers look (W3C).
	ChangePasswordPath = "/.well-known/change-password" //nolint:gosec // an address

	// AdminPath is the dashboard of operators. The paths below it follow from the table
	// of actions (package rbac).
	AdminPath = rbac.PagesPath

	// MailboxPath is the mailbox of development.
	MailboxPath = "/dev/mailbox"
)

// paths are what templates lead to, by the names that they use.
func paths() map[string]string {
	return map[string]string{
		"sign-in": SignInPath, "by-mail": ByMailPath, "sign-up": SignUpPath, "sign-out": SignOutPath, "forgot": ForgotPath,
		"check-mail": CheckMailPath, "language": LanguagePath, "account": AccountPath, "password": PasswordPath, "devices": DevicesPath, "activity": ActivityPath,
		"factors": FactorsPath, "passkeys": PasskeysPath, "email": EmailPath, "data": DataPath, "mailbox": MailboxPath, "admin": AdminPath,
		"reset-password": link.Path(store.PurposeResetPassword),
	}
}

// pathOf gives templates a path.
func pathOf(name string) (string, error) {
	p, ok := paths()[name]
	if !ok {
		return "", fmt.Errorf("there is no page %q; there are %q", name, slices.Sorted(maps.Keys(paths())))
	}
	return p, nil
}
