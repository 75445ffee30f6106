package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// guard runs the benchmarks of the Go client, which compare it in one run with what
// it cannot do without: the hash of a token, the verification of a signature.
func (b *bench) guard(ctx context.Context) ([]figure, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-C", "guard", "-run", "^$", "-bench", "^Benchmark(VerifySeen|VerifyNew|AMillionRevocations)$", "-count", "3")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("benchmarks of guard: %w\n%s", err, out)
	}
	found := metrics(string(out))
	figures := []figure{
		{
			what: "guard, a token seen before", value: found["ns/token"], unit: " ns", aim: atMost(1000), bound: atMost(5000),
			detail: fmt.Sprintf("%.2f times SHA-256 of its text", found["x-SHA-256"]),
		},
		{
			what: "guard, a new token against bare verification", value: found["x-bare"], aim: atMost(1.1), bound: atMost(1.5),
			detail: fmt.Sprintf("%.0f us", found["us/token"]),
		},
		{what: "guard, a million live revocations", value: found["MB"], unit: " MB", aim: atMost(64), bound: atMost(64)},
	}
	if len(found) == 0 || slices.ContainsFunc(figures, func(f figure) bool { return f.value == 0 }) {
		return nil, errors.New("benchmarks of guard: a figure is missing")
	}
	return figures, nil
}

// metrics gives the least of each figure that benchmarks printed: what disturbs a run
// makes it worse.
func metrics(out string) map[string]float64 {
	least := map[string]float64{}
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if !strings.HasPrefix(line, "Benchmark") || len(fields) < 4 {
			continue
		}
		for n := 2; n+1 < len(fields); n += 2 {
			value, err := strconv.ParseFloat(fields[n], 64)
			if had, ok := least[fields[n+1]]; err == nil && (!ok || value < had) {
				least[fields[n+1]] = value
			}
		}
	}
	return least
}
