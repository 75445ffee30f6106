package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const sumsFile = "SHA256SUMS"

// sum writes the sums of all files, in the form that sha256sum --check reads.
func (r release) sum() error {
	paths, err := filepath.Glob(filepath.Join(r.out, "sallyport_*"))
	if err != nil {
		return err
	}
	var b strings.Builder
	slices.Sort(paths)
	for _, path := range paths {
		sum, err := sumOf(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, filepath.Base(path))
	}
	return os.WriteFile(filepath.Join(r.out, sumsFile), []byte(b.String()), 0o644)
}

func sumOf(path string) (string, error) {
	text, err := os.ReadFile(path)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// check looks at a release as somebody would who has downloaded it.
func (r release) check(ctx context.Context, targets []target) error {
	sums, err := r.checkSums()
	if err != nil {
		return err
	}
	for _, t := range targets {
		for _, path := range []string{r.archive(t), r.bill(t)} {
			if !slices.Contains(sums, filepath.Base(path)) {
				return fmt.Errorf("%s does not name %s", sumsFile, filepath.Base(path))
			}
		}
		if err := r.checkTarget(ctx, t); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	fmt.Fprintf(os.Stderr, "checked %d files in %s\n", len(sums), r.out)
	return nil
}

// checkSums gives the names in SHA256SUMS, all of which must be right.
func (r release) checkSums() ([]string, error) {
	text, err := os.ReadFile(filepath.Join(r.out, sumsFile))
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(string(text)) {
		want, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok || name != filepath.Base(name) {
			return nil, fmt.Errorf("%s: %q is no sum", sumsFile, line)
		}
		got, err := sumOf(filepath.Join(r.out, name))
		if err != nil {
			return nil, err
		}
		if got != want {
			return nil, fmt.Errorf("%s is not what %s says", name, sumsFile)
		}
		names = append(names, name)
	}
	return names, nil
}

func (r release) checkTarget(ctx context.Context, t target) error {
	files, err := unpack(r.archive(t))
	if err != nil {
		return err
	}
	folder := r.name(t) + "/"
	for _, name := range append([]string{"sallyport", "THIRD_PARTY_LICENSES", manFolder + "sallyport.1", manFolder + "sallyport-serve.1"}, shipped...) {
		if len(files[folder+name]) == 0 {
			return fmt.Errorf("the archive lacks %s", name)
		}
	}
	pages := 0
	for name := range files {
		if strings.HasPrefix(name, folder+manFolder) {
			pages++
		}
	}
	if others := len(files) - pages; others != len(shipped)+2 {
		return fmt.Errorf("beside the manual pages the archive holds %d files, not %d", others, len(shipped)+2)
	}
	program := files[folder+"sallyport"]
	if err := standsAlone(program, t); err != nil {
		return err
	}
	if !bytes.Contains(program, []byte(r.version)) {
		return fmt.Errorf("the binary is not stamped with %s", r.version)
	}
	if err := r.checkBill(program, t); err != nil {
		return err
	}
	if t.os == runtime.GOOS && t.arch == runtime.GOARCH {
		return r.ask(ctx, program)
	}
	return nil
}

// unpack reads an archive.
func unpack(path string) (map[string][]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(zip); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[h.Name], err = io.ReadAll(archive); err != nil {
			return nil, err
		}
	}
}

// standsAlone tells whether a binary runs on a system that has nothing else
// installed. On macOS every program speaks to the system through libSystem.
func standsAlone(program []byte, t target) error {
	switch t.os {
	case "linux":
		f, err := elf.NewFile(bytes.NewReader(program))
		if err != nil {
			return err
		}
		libraries, err := f.ImportedLibraries()
		interpreted := slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP })
		if err != nil {
			return err
		}
		if len(libraries) > 0 || interpreted {
			return fmt.Errorf("the binary is not static: it wants %v", libraries)
		}
	case "darwin":
		f, err := macho.NewFile(bytes.NewReader(program))
		if err != nil {
			return err
		}
		libraries, err := f.ImportedLibraries()
		if err != nil {
			return err
		}
		for _, l := range libraries {
			if !strings.HasPrefix(l, "/usr/lib/lib") && !strings.HasPrefix(l, "/System/Library/Frameworks/") {
				return fmt.Errorf("the binary wants %s, which is not the system's", l)
			}
		}
	default:
		return fmt.Errorf("what makes a binary static on %s is not known here", t.os)
	}
	return nil
}

// checkBill holds the bill of materials to what the binary says itself.
func (r release) checkBill(program []byte, t target) error {
	text, err := os.ReadFile(r.bill(t))
	if err != nil {
		return err
	}
	var b bom
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		return fmt.Errorf("read the bill of materials: %w", err)
	}
	info, err := buildinfo.Read(bytes.NewReader(program))
	if err != nil {
		return err
	}
	listed := map[string]string{}
	for _, c := range b.Components {
		listed[c.Name] = c.Version
	}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		if listed[m.Path] != m.Version {
			return fmt.Errorf("the bill of materials has %s %q, the binary %s", m.Path, listed[m.Path], m.Version)
		}
	}
	if want := len(info.Deps) + len(embedded) + 1; len(listed) != want || len(b.Components) != want {
		return fmt.Errorf("the bill of materials has %d components, not %d", len(listed), want)
	}
	sum := sha256.Sum256(program)
	if len(b.Metadata.Component.Hashes) != 1 || b.Metadata.Component.Hashes[0].Content != hex.EncodeToString(sum[:]) {
		return errors.New("the bill of materials is of another binary")
	}
	return nil
}

// ask runs the binary and asks for its version.
func (r release) ask(ctx context.Context, program []byte) error {
	dir, err := os.MkdirTemp("", "sallyport-release-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "sallyport")
	if err := os.WriteFile(path, program, 0o755); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, path, "version", "--json").Output()
	if err != nil {
		return fmt.Errorf("run the binary: %w", err)
	}
	var said struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(out, &said); err != nil {
		return fmt.Errorf("read its version: %w", err)
	}
	if said.Version != r.version {
		return fmt.Errorf("the binary says that it is %q, not %s", said.Version, r.version)
	}
	return nil
}
