package hook

import (
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Kind is a kind of messages, as its documentation has it.
type Kind struct {
	Name    string
	Means   string // one sentence
	Details string // an example of details, JSON; empty if there are none
}

// Kinds are the kinds of messages, by name: the kinds of audit events that tell of a
// change to a user or a session.
func Kinds() []Kind {
	list := []Kind{
		{audit.KindUserCreated, "An account was created.", `{"by":"link","claimed":true}`},
		{audit.KindProfileChanged, "A user changed their profile.", ``},
		{audit.KindEmailVerified, "A user verified their email address.", ``},
		{audit.KindEmailChangeRequested, "A user asked for another email address, which is not verified yet.", ``},
		{audit.KindEmailChanged, "A user has another email address.", ``},
		{audit.KindEmailChangeUndone, "A user's old email address was put back; details count what was removed.", `{"passkeys":1,"code_generators":0,"recovery_codes":0,"deletion_cancelled":false}`},
		{audit.KindEmailReleased, "An account lost an email address that it never verified.", ``},
		{audit.KindAccountCleared, "The password of an unclaimed account was dropped by the reader of its mailbox.", `{"cleared":true,"passkeys":0,"code_generators":1,"recovery_codes":8,"identities":0}`},
		{audit.KindExported, "A user downloaded all their data.", ``},
		{audit.KindDeletionBegun, "A user asked for their account to be deleted.", `{"erase_at":"2026-12-07T12:00:00Z"}`},
		{audit.KindDeletionUndone, "A user kept their account after all.", ``},
		{audit.KindUserErased, "An account was erased: delete what you keep about the user.", ``},
		{audit.KindUserDisabled, "An operator disabled an account: the user is signed out everywhere and cannot sign in.", ``},
		{audit.KindUserEnabled, "An operator enabled an account: the user can sign in again.", ``},
		{audit.KindUserSignedOut, "An operator signed a user out everywhere.", ``},
		{audit.KindRolesChanged, "An operator changed the roles of a user, who is signed out everywhere.", `{"after":["editor","viewer"],"before":["viewer"]}`},
		{audit.KindAppMetadataChanged, "An operator changed the app_metadata of a user. Tokens have the new claims from the next refresh on.", ``},
		{audit.KindInvitationAccepted, "A person accepted an invitation: the account is created, and its email address verified.", `{"invitation":"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d","roles":["editor"]}`},
		{audit.KindPasswordReset, "A user reset their password.", `{"cleared":true,"passkeys":0,"code_generators":0,"recovery_codes":0,"identities":0}`},
		{audit.KindPasswordChanged, "A user changed their password.", ``},
		{audit.KindPasskeyAdded, "A user added a passkey.", `{"passkey":"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d","aaguid":"ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4","backed_up":true,"recovery_codes":10}`},
		{audit.KindPasskeyRenamed, "A user renamed a passkey.", `{"passkey":"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d"}`},
		{audit.KindPasskeyRemoved, "A user removed a passkey.", `{"passkey":"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d"}`},
		{audit.KindPasskeyChanged, "A passkey can be backed up all of a sudden.", `{"passkey":"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d"}`},
		{audit.KindTOTPAdded, "A user added an authenticator app.", `{"recovery_codes":10}`},
		{audit.KindTOTPRemoved, "A user removed their authenticator app.", ``},
		{audit.KindRecoveryCodesMade, "A user created new recovery codes.", ``},
		{audit.KindRecoveryCodeUsed, "A user signed in with a recovery code.", ``},
		{audit.KindReauthenticated, "A user proved once more who they are.", `{"amr":["pwd"]}`},
		{audit.KindSessionOpened, "A user signed in.", `{"amr":["pwd"],"new_device":false}`},
		{audit.KindSessionRecovered, "A client recovered the lost answer to a refresh.", `{"parent":3,"generation":4}`},
		{audit.KindSessionReplayed, "A session ended because a spent refresh token was used again: it may have been copied.", `{"presented":2,"newest":5,"parent":4}`},
		{audit.KindSessionDisowned, "A user said that a sign-in was not theirs.", `{"ended":true}`},
		{audit.KindSessionEnded, "A user signed out, or a session was ended; the reason says why.", `{"sessions":3,"epoch":2,"more":true}`},
	}
	slices.SortFunc(list, func(a, b Kind) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return list
}

// known reports whether there are messages of a kind.
func known(kind string) bool {
	return slices.ContainsFunc(Kinds(), func(k Kind) bool { return k.Name == kind })
}

// Untold are the kinds of audit events that endpoints never hear of, and why.
func Untold() map[string]string {
	const (
		request = "a request of a stranger changes nothing, and must cost the same whether or not there is an account"
		refusal = "what is refused changes nothing"
		batch   = "it is a batch of an import, and names no user"
		server  = "it concerns the operator, and no user"
		looked  = "an operator looked, and changed nothing"
		step    = "a step on the way to what is told"
	)
	return map[string]string{
		audit.KindSignUpRequested: request, audit.KindVerificationRequested: request, audit.KindResetRequested: request, audit.KindMagicLinkRequested: request,
		audit.KindPasskeyRefused: refusal, audit.KindCodeRefused: refusal, audit.KindLoginFailed: refusal, audit.KindClientRefused: refusal,
		audit.KindTOTPBegun: step, audit.KindMagicLinkUsed: step, audit.KindSecondFactorAsked: step,
		audit.KindClientCreated: server, audit.KindClientSecretRotated: server, audit.KindClientDisabled: server, audit.KindClientEnabled: server, audit.KindClientKeysReplaced: server,
		audit.KindClientDeleted: server, audit.KindHookAdded: server, audit.KindHookRotated: server, audit.KindHookEnabled: server,
		audit.KindHookDisabled: server, audit.KindHookRemoved: server, audit.KindJobRunAgain: server, audit.KindDatabaseRestored: server,
		audit.KindPruned: server, audit.KindPersonalErased: server, audit.KindTreeBegun: server, audit.KindLogExported: server,
		audit.KindDatabaseMoved: server, audit.KindKeyReplaced: server, audit.KindClientTokenRevoked: server, audit.KindUsersImported: batch, audit.KindUsersExported: server,
		audit.KindRoleCreated: server, audit.KindRoleDeleted: server, audit.KindRolesListed: server,
		audit.KindInvitationCreated: server, audit.KindInvitationWithdrawn: server, audit.KindInvitationsListed: looked,
		audit.KindUsersListed: looked, audit.KindUsersSearched: looked, audit.KindUserViewed: looked, audit.KindOverviewViewed: looked, audit.KindEventsListed: looked, audit.KindAdminRefused: refusal,
	}
}

// told reports whether endpoints hear of an event: what changed something. Of
// refusals they hear of one, for it ends a session.
func told(e store.AuditEvent) bool {
	return (e.Outcome == audit.Success || e.Kind == audit.KindSessionReplayed) && known(e.Kind)
}
