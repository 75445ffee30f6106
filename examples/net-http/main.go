// Command orders is an API whose routes are protected by Sallyport.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	issuer, secret := cmp.Or(os.Getenv("ISSUER"), "http://localhost:8080"), os.Getenv("CLIENT_SECRET")
	audience := cmp.Or(os.Getenv("AUDIENCE"), "http://localhost:8000")
	mux, orders := http.NewServeMux(), answer("orders_of")

	g, err := guard.New(ctx, guard.Config{Issuer: issuer, Audience: audience, ClientID: "orders", ClientSecret: secret})
	if err != nil {
		return err
	}
	defer g.Close()
	mux.Handle("GET /orders", g.Require()(orders))
	mux.Handle("GET /reports", g.Require(guard.Role("admin"))(answer("reports_for")))
	mux.Handle("DELETE /orders", g.Require(guard.Recent(5*time.Minute))(answer("deleted_orders_of")))

	return http.ListenAndServe("localhost:"+cmp.Or(os.Getenv("PORT"), "8000"), mux)
}

// answer says whose request it is.
func answer(member string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _ := guard.UserFrom(r.Context())
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "{%q:%q}\n", member, user.ID)
	})
}
