package fleet

import (
	"context"
	"syscall"
)

// Program is any other program that is to live and die as the servers do.
type Program struct {
	Name string   // what its log is called
	Path string   // of the executable, or its name on the path
	Args []string // and its arguments
	Env  []string // its whole environment; that of this process if nil
	Addr string   // where it answers once it is ready
	Quit syscall.Signal
}

// StartProgram starts p in dir, which must exist, and returns once somebody
// answers at its address.
func StartProgram(ctx context.Context, dir string, p Program) (*Server, error) {
	path, err := program(p.Path)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Name: p.Name, Addr: p.Addr, Dir: dir, program: path, args: p.Args, env: p.Env, quit: p.Quit, answers: accepts,
	}
	if err := s.start(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// PID is the process's identifier, 0 if it does not run.
func (s *Server) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil || s.cmd.Process == nil {
		return 0
	}
	return s.cmd.Process.Pid
}
