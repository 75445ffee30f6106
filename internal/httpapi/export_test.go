package httpapi

// RouteOf is a line of the surface, for tests.
type RouteOf struct {
	Method, Path, ID string
	SignedIn, Limit  bool
}

// Routes lists the surface.
func Routes() []RouteOf {
	var list []RouteOf
	for _, r := range (&server{}).routes() {
		list = append(list, RouteOf{r.method, r.path, r.id, r.who != anyone, r.limit != ""})
	}
	return list
}
