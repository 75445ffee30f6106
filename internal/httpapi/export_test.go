package httpapi

import "github.com/sallyport-auth/sallyport/internal/httpapi/frame"

// RouteOf is a line of the surface, for tests.
type RouteOf struct {
	Method, Path, ID string
	SignedIn, Limit  bool
}

// Routes lists the surface.
func Routes() []RouteOf {
	var list []RouteOf
	for _, r := range (&server{}).routes() {
		list = append(list, RouteOf{r.Method, r.Path, r.ID, r.Who != frame.Anyone, r.Limit != ""})
	}
	return list
}
