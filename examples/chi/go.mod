module orders

go 1.25.0

require (
	github.com/go-chi/chi/v5 v5.5.0
	github.com/sallyport-auth/sallyport/guard v0.1.0
)
