package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

// stopping are the signals that ask any command to stop, and a server to do so
// gracefully: SIGQUIT among them, which container platforms can be told to send.
var stopping = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT} //nolint:gochecknoglobals // constant

// untilAsked gives a context that is done at the first signal to stop. The second
// ends the process at once.
func untilAsked(ctx context.Context) (context.Context, func()) {
	ctx, stop := signal.NotifyContext(ctx, stopping...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// heed answers what else operators' tools send to a process that goes on, each
// of which would end it at once. A reader of the log that has gone away
// (SIGPIPE) and a limit on the size of files (SIGXFSZ) are errors where
// something is written. SIGHUP is the end of a terminal, and stops what was
// started there; from elsewhere it asks to read settings or open log files anew,
// as SIGUSR1 and SIGUSR2 do of some programs, and there is nothing to do.
func heed(ctx context.Context, log *slog.Logger, terminal bool) (context.Context, func()) {
	signal.Ignore(syscall.SIGPIPE, syscall.SIGXFSZ)
	sent := make(chan os.Signal, 1)
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signal.Notify(sent, syscall.SIGHUP)
	}
	signal.Notify(sent, syscall.SIGUSR1, syscall.SIGUSR2)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ctx.Done():
				return
			case s := <-sent:
				if s == syscall.SIGHUP && terminal {
					log.InfoContext(ctx, "the terminal is gone: stopping")
					cancel()
					return
				}
				log.InfoContext(ctx, "this signal does nothing: settings are read at the start, and the log goes to standard error",
					slog.String("signal", s.String()))
			}
		}
	}()
	return ctx, func() {
		cancel()
		<-ended
		signal.Stop(sent)
	}
}
