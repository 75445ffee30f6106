package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// keyName stands in every signature of the log's. The key outlives its trees, so it
// has a name of its own and not the origin of one.
const keyName = "sallyport-audit-log"

// originPrefix comes before the id of a tree in the first line of its heads.
const originPrefix = "sallyport/"

func origin(treeID string) string { return originPrefix + treeID }

// Head is what a signed head says.
type Head struct {
	TreeID string    `json:"tree"`
	Size   int64     `json:"size"`
	Root   tlog.Hash `json:"root"`
}

// text is the text of a head (C2SP tlog-checkpoint).
func (h Head) text() string {
	return origin(h.TreeID) + "\n" + strconv.FormatInt(h.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(h.Root[:]) + "\n"
}

var errNoHead = errors.New("this is no head of an audit log")

// parseHead reads the text of a head. Lines after the third are for others.
func parseHead(text string) (h Head, err error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 {
		return h, errNoHead
	}
	treeID, ours := strings.CutPrefix(lines[0], originPrefix)
	h.TreeID = treeID
	h.Size, err = strconv.ParseInt(lines[1], 10, 64)
	root, rootErr := base64.StdEncoding.DecodeString(lines[2])
	if !ours || err != nil || rootErr != nil || h.Size < 0 || lines[1] != strconv.FormatInt(h.Size, 10) || len(root) != tlog.HashSize {
		return h, errNoHead
	}
	copy(h.Root[:], root)
	return h, nil
}

// openHead reads a signed head. One that none of the keys signed is an error.
func openHead(signed string, keys ...note.Verifier) (Head, error) {
	opened, err := note.Open([]byte(signed), note.VerifierList(keys...))
	if err != nil {
		return Head{}, fmt.Errorf("%w: none of the keys signed it (%w)", errNoHead, err)
	}
	return parseHead(opened.Text)
}

// sign signs a head.
func sign(h Head, key note.Signer) (string, error) {
	signed, err := note.Sign(&note.Note{Text: h.text()}, key)
	return string(signed), err
}
