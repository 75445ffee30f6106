package session

import "slices"

// The values of the claims amr and acr. The former are RFC 8176's; "otp" also
// stands for a recovery code, which is a password for one time, and "email", a
// link or a code that was mailed, is our own. The latter name the levels of
// 800-63B that the number of factors allows for; see docs/specs/divergences.md.
const (
	AMRPassword    = "pwd"
	AMRCode        = "otp"
	AMRMail        = "email"
	AMRHardwareKey = "hwk" // kept by one device
	AMRSoftwareKey = "swk" // backed up
	AMRUser        = "user"
	AMRMulti       = "mfa"

	ACROneFactor  = "aal1"
	ACRTwoFactors = "aal2"
)

// TwoFactors reports whether the proofs are two different factors.
func TwoFactors(amr []string) bool { return slices.Contains(amr, AMRMulti) }

// acrOf is the assurance level of the proofs.
func acrOf(amr []string) string {
	if TwoFactors(amr) {
		return ACRTwoFactors
	}
	return ACROneFactor
}

// Proved adds new proofs to earlier ones, each once. A code or a key beside
// anything else makes two factors.
func Proved(before []string, more ...string) []string {
	all := slices.Clone(before)
	for _, m := range more {
		if !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	// Something that the user has, not something that they know.
	has := slices.Contains(all, AMRCode) || slices.Contains(all, AMRHardwareKey) || slices.Contains(all, AMRSoftwareKey)
	if has && len(all) > 1 && !TwoFactors(all) {
		all = append(all, AMRMulti)
	}
	return all
}
