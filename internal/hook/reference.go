package hook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Example is a message of the kind, as it is sent.
func (k Kind) Example() ([]byte, error) {
	e := store.AuditEvent{
		Kind: k.Name, UserID: "5f0c7b1e-2a3d-4c5b-8e9f-0a1b2c3d4e5f", ActorID: "5f0c7b1e-2a3d-4c5b-8e9f-0a1b2c3d4e5f",
		Details: k.Details, CreatedAt: time.Date(2026, 11, 30, 12, 0, 0, 123456000, time.UTC),
	}
	switch k.Name {
	case audit.KindSessionOpened, audit.KindSessionRecovered, audit.KindSessionReplayed, audit.KindReauthenticated, audit.KindSessionEnded, audit.KindSessionDisowned:
		e.SessionHash = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"
	}
	switch k.Name {
	case audit.KindSessionEnded:
		e.Reason = store.ReasonLogoutAll
	case audit.KindSessionReplayed:
		e.Reason = store.ReasonReplay
	case audit.KindUserDisabled, audit.KindUserEnabled, audit.KindUserSignedOut, audit.KindRolesChanged, audit.KindAppMetadataChanged:
		e.ActorID = "" // the command line is no user
	}
	return json.Marshal(message(e))
}

// referenceMark begins the part of the page that is generated.
const referenceMark = "<!-- generated from the kinds of audit events by make gen -->\n"

// Reference writes the kinds of messages into the page that documents them.
func Reference(page []byte) ([]byte, error) {
	before, _, found := bytes.Cut(page, []byte(referenceMark))
	if !found {
		return nil, fmt.Errorf("the page does not hold %q", referenceMark)
	}
	out := bytes.NewBuffer(bytes.Clone(before))
	out.WriteString(referenceMark)
	for _, k := range Kinds() {
		example, err := k.Example()
		if err != nil {
			return nil, fmt.Errorf("encode an example of %s: %w", k.Name, err)
		}
		fmt.Fprintf(out, "\n### `%s`\n\n%s\n\n```json\n%s\n```\n", k.Name, k.Means, example)
	}
	return out.Bytes(), nil
}
