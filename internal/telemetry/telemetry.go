// Package telemetry is the vocabulary of the log and of counters. It knows
// log/slog and nothing else; exporters are wired in app.
package telemetry
