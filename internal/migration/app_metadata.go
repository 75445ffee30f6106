package migration

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// readAppMetadata reads what tokens are to say of a user: a column with a JSON object,
// and columns that are members of it. A number stays a number. Like roles, it is for
// verified users alone.
func (o Options) readAppMetadata(p *person, values map[string]any) {
	members, ok := map[string]json.RawMessage{}, true
	if column := o.Map[fieldApp]; column != "" {
		if text := asObject(at(values, column)); len(text) > 0 {
			var err error
			members, err = jws.ParseObject(text)
			ok = err == nil
		}
	}
	for field, column := range o.Map {
		name, is := strings.CutPrefix(field, fieldMember)
		value := at(values, column)
		if !is || !ok || value == nil {
			continue
		}
		members[name], ok = asMember(value)
	}
	if ok && len(members) == 0 {
		return
	}
	if ok {
		p.appMetadata, ok = o.fitting(p, members)
	}
	switch {
	case !ok:
		p.appMetadata, p.without = "", append(p.without, partApp)
	case !p.verified:
		p.appMetadata, p.without = "", append(p.without, partNoApp)
	}
}

// readMetadata reads the user's own JSON object.
func (o Options) readMetadata(p *person, v any) {
	object := asObject(v)
	if len(object) == 0 || string(object) == "null" {
		return
	}
	var err error
	if p.metadata, err = account.ReadMetadata(object); err != nil {
		p.metadata, p.without = "", append(p.without, partMetadata)
	}
}

// fitting gives members as they are stored, if tokens have room for them.
func (o Options) fitting(p *person, members map[string]json.RawMessage) (string, bool) {
	object, err := json.Marshal(members)
	if err != nil {
		return "", false
	}
	stored, err := token.ReadAppMetadata(object)
	if err == nil {
		err = token.CheckUserData(stored, p.id, p.roles)
	}
	return stored, err == nil
}

// asObject gives a column with a JSON object as its text: databases give text, JSON
// Lines the object.
func asObject(v any) []byte {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return []byte(v)
	case []byte:
		return v
	}
	object, err := json.Marshal(v)
	if err != nil {
		return []byte("?") // which is no object
	}
	return object
}

// asMember gives a value as JSON.
func asMember(v any) (json.RawMessage, bool) {
	switch text := v.(type) {
	case []byte:
		if !utf8.Valid(text) {
			return nil, false
		}
		v = string(text)
	case time.Time:
		v = text.UTC()
	}
	value, err := json.Marshal(v)
	return value, err == nil
}
