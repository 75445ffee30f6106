package sqlitefile

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

const precious = "nobody may touch this"

// trap lays a name that leads to somebody's file: whoever may write into the
// folder waits for root to look after the database.
func trap(t *testing.T, at string, lay func(victim, at string) error) (victim string) {
	t.Helper()
	victim = filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte(precious), 0o640); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(victim, 12345, 12345); err != nil {
			t.Fatal(err)
		}
	}
	if err := lay(victim, at); err != nil {
		t.Fatal(err)
	}
	return victim
}

func untouched(t *testing.T, victim string) {
	t.Helper()
	text, err := os.ReadFile(victim)
	if err != nil || string(text) != precious {
		t.Errorf("the victim holds %q, %v", text, err)
	}
	info, err := os.Stat(victim)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o640 {
		t.Errorf("the victim's mode is %v", info.Mode())
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 && owner.Uid != 12345 {
		t.Errorf("the victim belongs to %d now", owner.Uid)
	}
}

func TestNamesThatLeadElsewhereAreNotFollowed(t *testing.T) {
	t.Parallel()
	for how, lay := range map[string]func(string, string) error{"a symbolic link": os.Symlink, "a second name": os.Link} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "sallyport.db")
			victim := trap(t, path+".lock", lay)
			if l, err := Take(path); err == nil {
				t.Error("the lock is taken on somebody's file")
				_ = l.Release()
			}
			untouched(t, victim)

			victim = trap(t, path+".restoring", lay)
			f, err := claim(path + ".restoring")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = f.Close() }()
			if _, err := f.WriteString("a copy"); err != nil {
				t.Fatal(err)
			}
			untouched(t, victim)
			if now, err := os.ReadFile(path + ".restoring"); err != nil || string(now) != "a copy" {
				t.Errorf("the claimed file holds %q, %v", now, err)
			}
		})
	}
}

// A file that somebody else made, and may hold open, is not written into; what
// an earlier process of ours left is.
func TestAFileOfAnotherUserIsNotWrittenInto(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "copy.partial")
	theirs, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = theirs.Close() }()
	want := int64(len(precious))
	if os.Geteuid() == 0 { // nobody else can give a file away
		want = 0
		if err := theirs.Chown(12345, 12345); err != nil {
			t.Fatal(err)
		}
	}
	f, err := claim(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := f.WriteString(precious); err != nil {
		t.Fatal(err)
	}
	if info, err := theirs.Stat(); err != nil || info.Size() != want {
		t.Errorf("whoever made the file reads %d bytes of the copy, want %d; %v", info.Size(), want, err)
	}
}
