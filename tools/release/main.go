// Command release builds what a release consists of: for each target a static
// binary with the version stamped, in an archive with what belongs to it; for
// each binary the list of what is in it (CycloneDX 1.6); and SHA256SUMS of all
// of them. The same commit, version and Go give the same bytes, whoever builds
// them and where: nothing is taken from the clock or the machine, and times are
// SOURCE_DATE_EPOCH, or that of the commit.
//
//	release -version v1.2.3 [-out dist] [-targets linux/amd64,...]
//	release -check -version v1.2.3 [-out dist]
//
// Run it from the root of the checkout. It checks what it has built.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// everywhere is what a release is built for.
const everywhere = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64"

// release is one run.
type release struct {
	root    string // of the checkout
	out     string
	version string
	time    time.Time // of everything that has one
}

// target is one system.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

// name is how the files of a target begin.
func (r release) name(t target) string {
	return "sallyport_" + r.version + "_" + t.os + "_" + t.arch
}

func main() {
	version := flag.String("version", "", "version to stamp")
	out := flag.String("out", "dist", "folder to write to")
	targets := flag.String("targets", everywhere, "systems to build for")
	onlyCheck := flag.Bool("check", false, "check what is there instead of building")
	flag.Parse()
	if err := run(context.Background(), *version, *out, *targets, *onlyCheck); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, version, out, targets string, onlyCheck bool) error {
	if !regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+-]*$`).MatchString(version) {
		return fmt.Errorf("the version %q cannot stand in a file's name", version)
	}
	list, err := parseTargets(targets)
	if err != nil {
		return err
	}
	r := release{root: ".", out: out, version: version}
	if onlyCheck {
		return r.check(ctx, list)
	}
	if r.time, err = sourceDate(ctx, os.Getenv("SOURCE_DATE_EPOCH")); err != nil {
		return err
	}
	if err := r.build(ctx, list); err != nil {
		return err
	}
	return r.check(ctx, list)
}

func parseTargets(text string) ([]target, error) {
	var list []target
	for word := range strings.SplitSeq(text, ",") {
		system, arch, ok := strings.Cut(word, "/")
		if !ok {
			return nil, fmt.Errorf("target %q is not written as linux/amd64", word)
		}
		list = append(list, target{system, arch})
	}
	return list, nil
}

// sourceDate is the time that everything in the release has.
func sourceDate(ctx context.Context, epoch string) (time.Time, error) {
	if epoch == "" {
		out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("ask git for the commit's time: %w; set SOURCE_DATE_EPOCH", err)
		}
		epoch = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return time.Time{}, errors.New("SOURCE_DATE_EPOCH must be seconds since 1970")
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// build writes everything. What an earlier release left in the folder goes.
func (r release) build(ctx context.Context, targets []target) error {
	old, err := filepath.Glob(filepath.Join(r.out, "sallyport_*"))
	if err != nil {
		return err
	}
	for _, path := range append(old, filepath.Join(r.out, sumsFile)) {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	work, err := os.MkdirTemp("", "sallyport-release-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	pages, err := r.manual(ctx, work)
	if err != nil {
		return err
	}
	for _, t := range targets {
		fmt.Fprintln(os.Stderr, "building", t)
		binary := filepath.Join(work, r.name(t))
		if err := r.compile(ctx, t, binary); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		if err := r.describe(binary, t); err != nil {
			return fmt.Errorf("%s: list its parts: %w", t, err)
		}
		if err := r.pack(ctx, binary, t, pages); err != nil {
			return fmt.Errorf("%s: pack: %w", t, err)
		}
	}
	return r.sum()
}

// compile builds the program. GOFLAGS of the machine do not count.
func (r release) compile(ctx context.Context, t target, to string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-mod=readonly",
		"-ldflags", "-s -w -X main.version="+r.version, "-o", to, "./cmd/sallyport")
	cmd.Dir = r.root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOOS="+t.os, "GOARCH="+t.arch, "GOAMD64=v1", "GOARM64=v8.0")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}
