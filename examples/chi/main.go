// Command orders is an API whose routes are protected by Sallyport: some for
// people, and one for programs.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/sallyport-auth/sallyport/guard"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	issuer, secret := cmp.Or(os.Getenv("ISSUER"), "http://localhost:8080"), os.Getenv("CLIENT_SECRET")
	conf := guard.Config{Issuer: issuer, Audience: issuer, ClientID: "orders", ClientSecret: secret}
	people, err := guard.New(ctx, conf)
	if err != nil {
		return err
	}
	defer people.Close()
	conf.Audience = "https://orders.example.com" // people's tokens have the server's, which no client may have
	programs, err := guard.New(ctx, conf)
	if err != nil {
		return err
	}
	defer programs.Close()

	r := chi.NewRouter()
	r.Group(func(r chi.Router) {
		r.Use(people.Require())
		r.Get("/orders", answer("orders_of"))
		r.With(people.Require(guard.Role("admin"))).Get("/reports", answer("reports_for"))
		r.With(people.Require(guard.Recent(5*time.Minute))).Delete("/orders", answer("deleted_orders_of"))
	})
	r.With(programs.Require(guard.Scope("orders:export"))).Get("/export", answer("exported_to"))

	return http.ListenAndServe("localhost:"+cmp.Or(os.Getenv("PORT"), "8000"), r)
}

// answer says whose request it is.
func answer(member string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id := ""
		if user, ok := guard.UserFrom(r.Context()); ok {
			id = user.ID
		} else if client, ok := guard.ClientFrom(r.Context()); ok {
			id = client.ID
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "{%q:%q}\n", member, id)
	}
}
