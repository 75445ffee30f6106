package frame

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Form is one of several forms that the body of a request may have. The route
// itself takes all of their members, and its room says which belong together;
// the contract shows them apart.
type Form struct {
	Name               string // of its schema
	Required, Optional []string
	// Only bounds the values of members further, by name.
	Only map[string][]string
}

// tree is a part of the contract as JSON.
type tree = map[string]any

// publish makes of huma's document the contract that others read: what huma
// needs to check requests by is not all that a reader needs, and some of it no
// reader knows.
//
//   - A body with forms is oneOf them (Contract.Forms).
//   - Every body has an example, made of those of its members.
//   - Who needs no token is told so: security is [] and not left out.
//   - The cookie is described once; huma does not describe headers of answers.
//   - patternDescription is huma's own keyword and goes.
//   - The server is the one that the contract came from.
//   - Bounds that rooms keep, with codes of their own, are told: the format of
//     addresses, the length of new passwords.
func (c Contract) publish(text []byte) ([]byte, error) {
	var doc tree
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	schemas := under(doc, "components", "schemas")
	for _, name := range slices.Sorted(maps.Keys(c.Forms)) {
		split(schemas, name, c.Forms[name])
	}
	for name, schema := range schemas {
		for member, property := range under(schema, "properties") {
			if p, ok := property.(tree); ok {
				c.refine(name, member, p)
			}
		}
	}
	for _, item := range under(doc, "paths") {
		for _, op := range item.(tree) { //nolint:forcetypeassert // the document is huma's
			operation := op.(tree) //nolint:forcetypeassert // as above
			if operation["security"] == nil {
				operation["security"] = []any{}
			}
			for _, response := range under(operation, "responses") {
				if headers := under(response, "headers"); headers["Set-Cookie"] != nil {
					headers["Set-Cookie"] = tree{"$ref": "#/components/headers/Set-Cookie"}
				}
			}
			for _, media := range under(operation, "requestBody", "content") {
				exemplify(schemas, media.(tree)) //nolint:forcetypeassert // as above
			}
		}
	}
	doc["servers"] = []any{tree{"url": "/", "description": "The server that publishes this contract."}}
	out, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("write contract: %w", err)
	}
	return out, nil
}

// under gives the object below a path of members, or an empty one.
func under(of any, path ...string) tree {
	t, _ := of.(tree)
	for _, member := range path {
		t, _ = t[member].(tree)
	}
	return t
}

// refine tells of a member what its room asks for.
func (c Contract) refine(schema, member string, p tree) {
	delete(p, "patternDescription")
	if (member == "email" || member == "new_email") && p["type"] == "string" {
		p["format"] = "email"
	}
	if slices.Contains(c.NewPasswords, schema+"."+member) {
		p["minLength"], p["maxLength"] = c.PasswordMin, c.PasswordMax
	}
}

// split makes a schema oneOf its forms.
func split(schemas tree, name string, forms []Form) {
	whole := under(schemas, name)
	var each []any
	for _, f := range forms {
		properties := tree{}
		for _, member := range append(slices.Clone(f.Required), f.Optional...) {
			property := maps.Clone(under(whole, "properties", member))
			if only := f.Only[member]; only != nil {
				property["enum"] = only
			}
			properties[member] = property
		}
		schemas[f.Name] = tree{"type": "object", "additionalProperties": false, "properties": properties, "required": f.Required}
		each = append(each, tree{"$ref": prefixSchemas + f.Name})
	}
	schemas[name] = tree{"oneOf": each}
}

// prefixSchemas begins a reference to a schema.
const prefixSchemas = "#/components/schemas/"

// exemplify gives a body an example of each form.
func exemplify(schemas, media tree) {
	ref, _ := under(media, "schema")["$ref"].(string)
	name := strings.TrimPrefix(ref, prefixSchemas)
	forms, _ := under(schemas, name)["oneOf"].([]any)
	if forms == nil {
		media["example"] = exampleOf(under(schemas, name))
		return
	}
	examples := tree{}
	for _, form := range forms {
		ref, _ := form.(tree)["$ref"].(string)
		of := strings.TrimPrefix(ref, prefixSchemas)
		examples[of] = tree{"value": exampleOf(under(schemas, of))}
	}
	media["examples"] = examples
}

// exampleOf takes the example of each member, or the first of its values.
func exampleOf(schema tree) tree {
	out := tree{}
	for member, property := range under(schema, "properties") {
		p, _ := property.(tree)
		if given, ok := p["examples"].([]any); ok && len(given) > 0 {
			out[member] = given[0]
			continue
		}
		switch only := p["enum"].(type) {
		case []any:
			out[member] = only[0]
		case []string:
			out[member] = only[0]
		}
	}
	return out
}
