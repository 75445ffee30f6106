package audit

// How an event ended.
const (
	Success = "success"
	Failure = "failure"
)

// The kinds of events. They are stored and exported, so they never change their
// meaning. An action that was refused has the kind of the action, the outcome
// [Failure] and a reason.
const (
	KindUserCreated    = "user.created"
	KindProfileChanged = "user.profile_changed"
	// KindUsersImported is some users who came from another system at once; details
	// say from which, and how many.
	KindUsersImported = "users.imported"
	// KindUsersExported is somebody who takes every user out of here; details say
	// whether with secrets.
	KindUsersExported = "users.exported"

	// KindUserDisabled, KindUserSignedOut and KindRolesChanged are an operator's, and
	// end everything the user had. Details of the last are the roles before and after.
	KindUserDisabled  = "user.disabled"
	KindUserEnabled   = "user.enabled"
	KindUserSignedOut = "user.signed_out"
	KindRolesChanged  = "user.roles_changed"
	// KindAppMetadataChanged is an operator's, and ends nothing.
	KindAppMetadataChanged = "user.app_metadata_changed"

	// KindRoleCreated and KindRoleDeleted are definitions of roles; details say which
	// role, and what it allows.
	KindRoleCreated = "role.created"
	KindRoleDeleted = "role.deleted"

	// KindInvitationCreated and KindInvitationWithdrawn are an operator's; details say
	// which invitation, and its roles. KindInvitationAccepted is the link of one that was
	// used; the user is who was made by it.
	KindInvitationCreated   = "invitation.created"
	KindInvitationWithdrawn = "invitation.withdrawn"
	KindInvitationAccepted  = "invitation.accepted"

	// KindUserViewed is an operator who looked at a user, their sessions or their
	// events; the others are looks at what is nobody's in particular.
	KindUserViewed    = "user.viewed"
	KindUsersListed   = "users.listed"
	KindUsersSearched = "users.searched"
	KindRolesListed   = "role.listed"

	KindInvitationsListed = "admin.invitations_listed"
	// KindOverviewViewed is a look at what needs attention and at numbers of nobody.
	KindOverviewViewed = "admin.overview_viewed"
	// KindEventsListed is a look at the whole log, of users and of nobody in particular.
	KindEventsListed = "admin.events_listed"
	// KindAdminRefused is an action of an operator that was refused: the reason says
	// why, details say which action.
	KindAdminRefused = "admin.refused"

	KindSignUpRequested       = "sign_up.requested"
	KindVerificationRequested = "email.verification_requested"
	KindEmailVerified         = "email.verified"

	// KindEmailChangeRequested is a change of address that waits for the new
	// address to be confirmed; KindEmailChanged is when it was. The new address
	// stands in the second alone.
	KindEmailChangeRequested = "email.change_requested"
	KindEmailChanged         = "email.changed"
	// KindEmailChangeUndone is the old address put back, by whoever reads its
	// mailbox. Details count what was removed.
	KindEmailChangeUndone = "email.change_undone"
	// KindEmailReleased is an account that lost an address which it never
	// verified to somebody who showed that the mailbox is theirs.
	KindEmailReleased = "email.released"

	// KindAccountCleared is an unclaimed account whose password was dropped, with
	// everything else to sign in with, by whoever reads its mailbox.
	KindAccountCleared = "user.cleared"

	KindExported = "user.exported"
	// KindDeletionBegun is a user who asked to be deleted, KindDeletionUndone one
	// who thought better of it, and KindUserErased the end: nothing personal is
	// left, here neither.
	KindDeletionBegun  = "user.deletion_begun"
	KindDeletionUndone = "user.deletion_undone"
	KindUserErased     = "user.erased"

	KindResetRequested  = "password.reset_requested"
	KindPasswordReset   = "password.reset"
	KindPasswordChanged = "password.changed"

	KindPasskeyAdded   = "passkey.added"
	KindPasskeyRenamed = "passkey.renamed"
	KindPasskeyRemoved = "passkey.removed"
	// KindPasskeyRefused is an answer of a registered passkey that did not sign
	// in: the reason says why.
	KindPasskeyRefused = "passkey.refused"
	// KindPasskeyChanged is a passkey that can be backed up all of a sudden.
	KindPasskeyChanged = "passkey.backup_eligible"

	// KindTOTPBegun is an enrolment, which is no factor yet.
	KindTOTPBegun         = "mfa.totp_begun"
	KindTOTPAdded         = "mfa.totp_added"
	KindTOTPRemoved       = "mfa.totp_removed"
	KindRecoveryCodesMade = "mfa.recovery_codes_made"
	KindRecoveryCodeUsed  = "mfa.recovery_code_used"
	// KindCodeRefused is an answer of a second factor that was refused: the
	// reason says why, details say which factor and where.
	KindCodeRefused = "mfa.code_refused"
	// KindReauthenticated is a proof of identity by somebody who is signed in.
	KindReauthenticated = "session.reauthenticated"

	KindMagicLinkRequested = "magic_link.requested"
	// KindMagicLinkUsed is a mailed link or code that was presented; details say
	// which. What it leads to is a session or a second factor that is asked for.
	KindMagicLinkUsed = "magic_link.used"

	// KindSecondFactorAsked is a sign-in whose first factor was right and whose
	// second is asked for.
	KindSecondFactorAsked = "login.second_factor_asked"
	KindLoginFailed       = "login.failed"

	// KindSessionOpened is a sign-in. A refresh is not recorded.
	KindSessionOpened = "session.opened"
	// KindSessionRecovered is a refresh whose lost answer was made good by
	// skipping a generation.
	KindSessionRecovered = "session.recovered"
	// KindSessionReplayed is a session that ended because a spent refresh token
	// was presented (RFC 9700 §4.14.2).
	KindSessionReplayed = "session.replayed"
	// KindSessionDisowned is the link of the mail about a new device: its reader
	// says that the sign-in was not theirs.
	KindSessionDisowned = "session.disowned"
	// KindSessionEnded is any other end: logout, or everything a user had. The
	// reason says which; details count the sessions if there was not one.
	KindSessionEnded = "session.ended"

	KindClientCreated       = "client.created"
	KindClientSecretRotated = "client.secret_rotated"
	KindClientKeysReplaced  = "client.keys_replaced"
	// KindClientDisabled and KindClientDeleted end every access token that the
	// client got.
	KindClientDisabled = "client.disabled"
	KindClientEnabled  = "client.enabled"
	KindClientDeleted  = "client.deleted"
	// KindClientTokenRevoked is a client that revoked one of its own tokens.
	KindClientTokenRevoked = "client.token_revoked"
	// KindClientRefused is a client that was not let in: the reason says why.
	KindClientRefused = "client.refused"

	KindHookAdded   = "hook.added"
	KindHookRotated = "hook.secret_rotated"
	KindHookEnabled = "hook.enabled"
	// KindHookDisabled is an endpoint of web hooks that was switched off: by an
	// operator, or with a reason because it failed too long.
	KindHookDisabled = "hook.disabled"
	KindHookRemoved  = "hook.removed"

	// KindKeyReplaced is a signing key that an operator made before its time. Details
	// have its kid, and how many keys were revoked for it.
	KindKeyReplaced = "key.replaced"

	// KindJobRunAgain is a dead job that an operator took up: it runs again, or
	// was closed because it is no longer wanted.
	KindJobRunAgain = "job.run_again"
	// KindPruned is what retention dropped: personal parts or whole events, of those
	// whose id is less than "before" in its details. KindPersonalErased is personal
	// parts of a user who was erased, and of events that name nobody. Both count, so
	// that what is missing can be told from what somebody took.
	KindPruned = "audit.pruned"
	// KindLogExported is somebody who takes the audit log out of here.
	KindLogExported    = "audit.exported"
	KindPersonalErased = "audit.personal_erased"
	// KindTreeBegun is an operator who let the audit log go on in another tree.
	KindTreeBegun = "audit.tree_begun"
	// KindDatabaseRestored is a database that came back from a backup: everybody
	// was signed out. Details count.
	KindDatabaseRestored = "database.restored"
	// KindDatabaseMoved is the first event of a database that was copied from
	// another one.
	KindDatabaseMoved = "database.moved"
)

// repeated follows the kind of refusals in the event that has their number.
const repeated = ".repeated"

// Why a one-time token was refused. Only the trail tells these apart.
const (
	ReasonConsumed   = "consumed"   // it was used before
	ReasonSuperseded = "superseded" // a newer one was sent
	ReasonExpired    = "expired"
	ReasonUnknown    = "unknown" // never made, or purged
)

// Other reasons that several rooms give.
const (
	ReasonWithdrawn     = "withdrawn" // an operator took it back
	ReasonWrongPassword = "wrong_password"
	ReasonNotActive     = "not_active"
	ReasonSignCount     = "sign_count" // it did not rise: there may be a copy of the key
	ReasonWrongCode     = "wrong_code"
	ReasonSpentCode     = "spent_code" // right, and used before
	ReasonUsedUp        = "used_up"    // too many codes were tried
	ReasonObsolete      = "obsolete"
	ReasonRateLimited   = "rate_limited"
	ReasonTaken         = "taken" // the address is another account's
)
