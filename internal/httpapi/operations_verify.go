package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// verifyOperations describes forward authentication. The contract has one method for
// each path; every other is answered alike.
func verifyOperations() map[string]frame.Description {
	headers := map[string]string{
		headerUser: "The ID of the user.", headerEmail: "The email address of the user if it is verified, else empty.",
		headerRoles: "The roles of the user, separated by commas.", headerSession: "The ID of the session.",
	}
	asked := func(summary, text string, page, role bool) frame.Description {
		d := frame.Description{
			Tag: tagBackends, Summary: summary, Security: frame.AccessToken(), Plain: true,
			Text: text + " By any method, and without regard to the query and the body. " +
				"Takes an access token, or the cookie of the pages or of an application in `SALLYPORT_FORWARD_ORIGINS`. docs/forward-auth.md has a configuration for each proxy.",
			Answers: []frame.Answer{{Status: http.StatusNoContent, Text: "Let the visitor in, and pass these headers on.", Headers: headers}},
			Fails: map[int][]string{
				// Those that lead to the sign-in refuse where there is none.
				http.StatusUnauthorized: {frame.ErrTokenRequired.Code, "invalid_token"}, http.StatusServiceUnavailable: {"unavailable"},
			},
		}
		if page {
			d.Answers = append(d.Answers, frame.Answer{
				Status: http.StatusFound, Text: "Lead the visitor to the sign-in page.", Headers: map[string]string{"Location": "The address of the sign-in page."},
			})
		}
		if role {
			d.Fails[http.StatusForbidden] = []string{"role_required"}
		}
		return d
	}
	return map[string]frame.Description{
		"verify-ext-authz":      forEnvoy(asked("Ask who a visitor is, for Envoy", "As `/verify/page`, with 200 in place of 204. "+aboutEnvoy, true, false)),
		"verify-ext-authz-role": forEnvoy(asked("Ask for a role, for Envoy", "As `/verify/page/role/{role}`, with 200 in place of 204. "+aboutEnvoy, true, true)),
		"verify":                asked("Ask who a visitor is", "For a reverse proxy in front of an application (forward authentication). The `Location` of a 401 is the sign-in page.", false, false),
		"verify-role":           asked("Ask whether a visitor has a role", "As `/verify`, and refuses users without the role.", false, true),
		"verify-page":           asked("Ask who a visitor is, or lead to the sign-in page", "As `/verify`, for proxies that pass on what they are answered.", true, false),
		"verify-page-role":      asked("Ask for a role, or lead to the sign-in page", "As `/verify/page`, and refuses users without the role.", true, true),
	}
}

// aboutEnvoy is why Envoy has paths of its own.
const aboutEnvoy = "Envoy (`ext_authz` over HTTP) lets a request through for a 200 alone, and appends the path of the visitor to the one in its configuration."

// forEnvoy is a description with the status that Envoy takes for a yes.
func forEnvoy(d frame.Description) frame.Description {
	d.Answers[0].Status = http.StatusOK
	return d
}
