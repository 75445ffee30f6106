package guard_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
	"github.com/sallyport-auth/sallyport/guard/guardtest"
)

func Example() {
	server := guardtest.NewUnserved("https://auth.example.com") // in life, a server
	config := server.Config()                                   // Issuer, Audience, ClientID, ClientSecret
	g, err := guard.New(context.Background(), config)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer g.Close()

	orders := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _ := guard.UserFrom(r.Context())
		fmt.Fprintf(w, "orders of %s", user.ID)
	})
	mux := http.NewServeMux()
	mux.Handle("GET /orders", g.Require(guard.Role("staff"), guard.Recent(10*time.Minute))(orders))

	r := httptest.NewRequest(http.MethodGet, "/orders", http.NoBody)
	r.Header.Set("Authorization", "Bearer "+server.Mint(guardtest.Claims{
		"sub": "5f0c1d7e-2a6b-4c8d-9e0f-1a2b3c4d5e6f", "roles": []string{"staff"},
	}))
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	fmt.Println(w.Code, w.Body)
	// Output: 200 orders of 5f0c1d7e-2a6b-4c8d-9e0f-1a2b3c4d5e6f
}

// A websocket, or any work that takes long, ends with its token.
func ExampleWatch() {
	handler := func(w http.ResponseWriter, r *http.Request) {
		ctx := guard.Watch(r.Context())
		for {
			select {
			case <-ctx.Done(): // context.Cause(ctx) is guard.ErrRevoked, say
				return
			case <-time.After(time.Second):
				fmt.Fprintln(w, "tick")
			}
		}
	}
	_ = handler
}

// A program that does not speak HTTP verifies by hand. Clients that act for
// themselves are told apart from users by the type.
func ExampleGuard_Verify() {
	server := guardtest.NewUnserved("https://auth.example.com")
	g, err := guard.New(context.Background(), server.Config())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer g.Close()
	token, err := g.Verify(context.Background(), server.MintMachine("billing", nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	switch {
	case token.User != nil:
		fmt.Println("user", token.User.ID)
	case token.Client != nil:
		fmt.Println("client", token.Client.ID)
	}
	_, err = g.Verify(context.Background(), "no.to.ken")
	fmt.Println(err)
	// Output:
	// client billing
	// invalid_token: header: not canonical base64url
}
