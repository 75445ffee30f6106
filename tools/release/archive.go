package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// shipped is what lies in an archive beside the binary.
var shipped = []string{
	"LICENSE", "README.md", "CHANGELOG.md", "docs/configuration.yaml",
	"deploy/systemd/sallyport.service", "deploy/systemd/sallyport-worker.service",
	"deploy/systemd/clustered.conf", "deploy/systemd/sallyport.env",
}

// entry is a file of an archive.
type entry struct {
	name string
	mode int64
	text []byte
}

// pack writes the archive of one target, with the manual pages.
func (r release) pack(ctx context.Context, binary string, t target, pages []entry) error {
	program, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	licenses, err := r.licenses(ctx, binary)
	if err != nil {
		return err
	}
	entries := []entry{{"sallyport", 0o755, program}, {"THIRD_PARTY_LICENSES", 0o644, licenses}}
	for _, name := range shipped {
		text, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			return err
		}
		entries = append(entries, entry{name, 0o644, text})
	}
	entries = append(entries, pages...)
	f, err := os.Create(r.archive(t))
	if err != nil {
		return err
	}
	return errors.Join(r.write(f, r.name(t), entries), f.Close())
}

func (r release) archive(t target) string { return filepath.Join(r.out, r.name(t)+".tar.gz") }

func (r release) write(f *os.File, folder string, entries []entry) error {
	zip, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(zip)
	for _, e := range entries {
		if err := archive.WriteHeader(&tar.Header{
			Format: tar.FormatUSTAR, Name: folder + "/" + e.name, Mode: e.mode, Size: int64(len(e.text)), ModTime: r.time,
		}); err != nil {
			return err
		}
		if _, err := archive.Write(e.text); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), zip.Close())
}

// licenses gathers the texts that whoever passes the binary on must pass on,
// too: of every module in it, of Go, and of the assets that are embedded.
func (r release) licenses(ctx context.Context, binary string) ([]byte, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	type part struct{ name, dir string }
	var parts []part
	args := []string{"list", "-m", "-json=Path,Version,Dir"}
	for _, m := range info.Deps {
		args = append(args, m.Path)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Stderr = r.root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("find modules: %w", err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var m struct {
			Path    string `json:"Path"`
			Version string `json:"Version"`
			Dir     string `json:"Dir"`
		}
		if err := decoder.Decode(&m); err != nil {
			return nil, err
		}
		parts = append(parts, part{m.Path + " " + m.Version, m.Dir})
	}
	cmd = exec.CommandContext(ctx, "go", "env", "GOROOT")
	if out, err = cmd.Output(); err != nil {
		return nil, err
	}
	parts = append(parts, part{"the Go standard library " + info.GoVersion, strings.TrimSpace(string(out))})
	var b bytes.Buffer
	for _, p := range parts {
		texts, err := licenseFiles(p.dir)
		if err != nil || len(texts) == 0 {
			return nil, errors.Join(fmt.Errorf("%s has no licence in %s", p.name, p.dir), err)
		}
		fmt.Fprintf(&b, "==== %s\n\n%s\n", p.name, bytes.Join(texts, []byte("\n")))
	}
	for _, a := range embedded {
		text, err := a.licenseText(r.root)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "==== %s\n\n%s\n", a.name, text)
	}
	return b.Bytes(), nil
}

// licenseFiles reads the licences and notices at the top of a module.
func licenseFiles(dir string) ([][]byte, error) {
	var texts [][]byte
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	like := regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)`)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		if e.IsDir() || !like.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}
