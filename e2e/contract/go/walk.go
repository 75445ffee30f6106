// Command walk goes from sign-up to logout, by a client that was made of the
// contract: what the contract does not say does not compile. It prints "done" at the
// end.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"walk/client"
)

const password = "a walk in Go, in the wind"

func need(ok bool, what string, of any) {
	if !ok {
		log.Fatalf("%s: %+v", what, of)
	}
}

func must[T any](answer T, err error) T {
	need(err == nil, "no answer", err)
	return answer
}

func bearer(token string) client.RequestEditorFn {
	return func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
}

// mailed gives the token of the link that was mailed.
func mailed(base, email string) string {
	for range 200 {
		var mails []struct{ Links []string }
		answer := must(http.Get(base + "/dev/mailbox.json?to=" + url.QueryEscape(email)))
		need(json.NewDecoder(answer.Body).Decode(&mails) == nil, "mailbox", answer.Status)
		for _, m := range mails {
			for _, link := range m.Links {
				if strings.Contains(link, "/auth/verify-email") {
					return must(url.Parse(link)).Query().Get("token")
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	log.Fatal("no mail came")
	return ""
}

func main() {
	base, email, ctx := os.Args[1], os.Args[2], context.Background()
	api := must(client.NewClientWithResponses(base))
	name := "Ada"

	signedUp := must(api.SignUpWithResponse(ctx, nil, client.SignUp{Email: types.Email(email), Password: password, Name: &name}))
	need(signedUp.JSON202 != nil, "sign-up", string(signedUp.Body))
	var verify client.Verify
	need(verify.FromVerifyByLink(client.VerifyByLink{Token: mailed(base, email)}) == nil, "verify", verify)
	verified := must(api.VerifyEmailWithResponse(ctx, nil, verify))
	need(verified.JSON200 != nil && verified.JSON200.EmailVerified, "verify", string(verified.Body))

	wrong := must(api.LoginWithResponse(ctx, nil, client.Login{Email: types.Email(email), Password: "another one"}))
	need(wrong.ApplicationproblemJSON401 != nil && wrong.ApplicationproblemJSON401.Code == "invalid_credentials", "a wrong password", string(wrong.Body))
	login := must(api.LoginWithResponse(ctx, nil, client.Login{Email: types.Email(email), Password: password}))
	need(login.JSON200 != nil, "login", string(login.Body))
	first := must(login.JSON200.AsTokens())
	need(string(first.User.Email) == email && first.ExpiresIn > 0, "the tokens", string(login.Body))

	me := must(api.ReadProfileWithResponse(ctx, bearer(first.AccessToken)))
	need(me.JSON200 != nil, "who am I", string(me.Body))
	need(must(me.JSON200.AsUser()).Name == name, "my name", string(me.Body))
	refreshed := must(api.RefreshWithResponse(ctx, client.Refresh{RefreshToken: &first.RefreshToken}))
	need(refreshed.JSON200 != nil && refreshed.JSON200.RefreshGeneration > first.RefreshGeneration, "refresh", string(refreshed.Body))
	mine := bearer(refreshed.JSON200.AccessToken)
	devices := must(api.ListSessionsWithResponse(ctx, nil, mine))
	need(devices.JSON200 != nil && len(devices.JSON200.Items) == 1 && devices.JSON200.Items[0].Current, "devices", string(devices.Body))

	out := must(api.LogoutWithResponse(ctx, client.Logout{}, mine))
	need(out.JSON200 != nil, "logout", string(out.Body))
	after := must(api.ReadProfileWithResponse(ctx, mine))
	need(after.ApplicationproblemJSON401 != nil, "after the logout", string(after.Body))
	fmt.Println("done")
}
