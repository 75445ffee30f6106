package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// keepKeys is short: a verifier that meets an unknown kid reads the keys again
// anyway, and a key is published long before it signs.
const keepKeys = "public, max-age=300"

// getJWKS publishes the signing keys (RFC 7517 §5).
func (s *server) getJWKS(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/jwk-set+json")
	w.Header().Set("Cache-Control", keepKeys)
	_, _ = w.Write(s.Keys.JWKS())
}

// metadataBody is the authorization server's metadata (RFC 8414 §2): what is
// there, and nothing else. A program that is told the issuer alone finds the
// keys and the token endpoint by it. There is no authorization endpoint, and the
// list of response types says so.
type metadataBody struct {
	Issuer          string   `json:"issuer" format:"uri" doc:"The public URL of this server, as in iss." example:"https://auth.example.com"`
	JWKSURI         string   `json:"jwks_uri" format:"uri" doc:"The address of the public signing keys." example:"https://auth.example.com/.well-known/jwks.json"`
	TokenEndpoint   string   `json:"token_endpoint" format:"uri" doc:"The endpoint where clients get tokens." example:"https://auth.example.com/oauth2/token"`
	AuthMethods     []string `json:"token_endpoint_auth_methods_supported" nullable:"false" doc:"How clients authenticate there."`
	AuthAlgorithms  []string `json:"token_endpoint_auth_signing_alg_values_supported" nullable:"false" doc:"How the assertions of private_key_jwt may be signed there."`
	ResponseTypes   []string `json:"response_types_supported" nullable:"false" doc:"Always empty: there is no authorization endpoint."`
	GrantTypes      []string `json:"grant_types_supported" nullable:"false" doc:"The grants of the token endpoint."`
	Introspection   string   `json:"introspection_endpoint" format:"uri" doc:"The endpoint where clients ask whether a token counts (RFC 7662)." example:"https://auth.example.com/oauth2/introspect"`
	Introspecting   []string `json:"introspection_endpoint_auth_methods_supported" nullable:"false" doc:"How clients authenticate there."`
	IntrospectingBy []string `json:"introspection_endpoint_auth_signing_alg_values_supported" nullable:"false" doc:"How the assertions of private_key_jwt may be signed there."`
	Revocation      string   `json:"revocation_endpoint" format:"uri" doc:"The endpoint where clients revoke their own tokens (RFC 7009)." example:"https://auth.example.com/oauth2/revoke"`
	Revoking        []string `json:"revocation_endpoint_auth_methods_supported" nullable:"false" doc:"How clients authenticate there."`
	RevokingBy      []string `json:"revocation_endpoint_auth_signing_alg_values_supported" nullable:"false" doc:"How the assertions of private_key_jwt may be signed there."`
	Documentation   string   `json:"service_documentation" format:"uri" doc:"The documentation for developers." example:"https://auth.example.com/docs"`
}

// getMetadata describes this server to programs that are given the issuer.
func (s *server) getMetadata(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", keepKeys)
	methods, algorithms := []string{client.SecretBasic, client.SecretPost, client.PrivateKeyJWT}, []string{jws.ES256, jws.EdDSA, jws.RS256}
	grants, atToken := []string{client.GrantClientCredentials}, methods
	if s.PasswordGrant {
		grants, atToken = append(grants, client.GrantPassword), append([]string{"none"}, methods...)
	}
	frame.WriteJSON(w, http.StatusOK, frame.TypeJSON, metadataBody{
		Issuer: s.PublicURL, JWKSURI: s.PublicURL + "/.well-known/jwks.json", Documentation: s.PublicURL + "/docs",
		TokenEndpoint: s.PublicURL + "/oauth2/token", AuthMethods: atToken, AuthAlgorithms: algorithms,
		Introspection: s.PublicURL + "/oauth2/introspect", Introspecting: methods, IntrospectingBy: algorithms,
		Revocation: s.PublicURL + "/oauth2/revoke", Revoking: methods, RevokingBy: algorithms,
		ResponseTypes: []string{}, GrantTypes: grants,
	})
}

func (s *server) getOpenAPI(w http.ResponseWriter, r *http.Request) { s.docs.Contract(w, r) }

func (s *server) getDocs(w http.ResponseWriter, r *http.Request) { s.docs.Page(w, r) }

func (s *server) getDocsFile(w http.ResponseWriter, r *http.Request) {
	if !s.docs.File(w, r, r.PathValue("file")) {
		s.frame.Fail(w, r, fault.ErrNotFound)
	}
}
