package seal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// compare looks whether the log still is the one that was signed before: the
// largest head in the database, and the one in the file. If not, nothing is sealed
// until it is, or until another tree has begun.
func (l *Log) compare(ctx context.Context) error {
	tree, err := l.tree(ctx)
	if err != nil {
		return err
	}
	k, err := l.key(ctx)
	if err != nil {
		return err
	}
	rewritten := func(why error) {
		if l.trouble.Load() == nil {
			l.opts.Log.ErrorContext(ctx, "the audit log was rewritten: nothing is sealed until \"sallyport audit new-tree\"",
				slog.Any("error", why))
		}
		why = fmt.Errorf("%w: %w", ErrRewritten, why)
		l.trouble.Store(&why)
	}
	if !tree.ClosedAt.IsZero() { // whoever closes one begins another at once
		rewritten(fmt.Errorf("the tree %s was closed, and none began after it", tree.ID))
		return nil
	}
	if err := l.follows(ctx, tree); errors.Is(err, errChain) {
		rewritten(fmt.Errorf("the tree %s was inserted: %w", tree.ID, err))
		return nil
	} else if err != nil {
		return err
	}
	heads, err := l.left(ctx, tree)
	if err != nil {
		return err
	}
	for _, signed := range heads {
		head, err := openHead(signed, k.verifier)
		if err == nil {
			err = l.fits(ctx, tree, head)
		}
		if errors.Is(err, store.ErrUnavailable) {
			return err
		}
		if err != nil {
			rewritten(err)
			return nil
		}
	}
	l.trouble.Store(nil)
	return nil
}

// follows returns errChain unless the tree is the first, or names the one before it.
func (l *Log) follows(ctx context.Context, tree store.AuditTree) error {
	if tree.Number == 1 {
		return nil
	}
	direct := l.opts.Store.Direct()
	trees, err := direct.AuditTrees.List(ctx)
	if err != nil {
		return fmt.Errorf("read the trees of the audit log: %w", err)
	}
	for n, t := range trees {
		if t.ID == tree.ID && n > 0 {
			_, _, err := chained(ctx, direct, trees[n-1], tree)
			return err
		}
	}
	return errChain
}

// left gives the heads that left the house, as far as this process knows.
func (l *Log) left(ctx context.Context, tree store.AuditTree) (heads []string, err error) {
	last, err := l.opts.Store.Direct().AuditHeads.Last(ctx, tree.ID)
	switch {
	case err == nil:
		heads = append(heads, last.Note)
	case !errors.Is(err, store.ErrNotFound):
		return nil, fmt.Errorf("read the last head of the audit log: %w", err)
	}
	if l.opts.HeadFile == "" {
		return heads, nil
	}
	text, err := os.ReadFile(l.opts.HeadFile)
	switch {
	case err == nil && len(text) > 0:
		heads = append(heads, string(text))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read the head file of the audit log: %w", err)
	}
	return heads, nil
}

// fits tells whether a head is one of this tree, or of a closed one: that it was
// closed is told by the first leaf after it.
func (l *Log) fits(ctx context.Context, tree store.AuditTree, head Head) error {
	if head.TreeID != tree.ID {
		trees, err := l.opts.Store.Direct().AuditTrees.List(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(trees, func(t store.AuditTree) bool { return t.ID == head.TreeID }) {
			return fmt.Errorf("the published head is of tree %s, which does not exist", head.TreeID)
		}
		return nil
	}
	if head.Size > tree.Size {
		return fmt.Errorf("the published head has %d events, the log has %d", head.Size, tree.Size)
	}
	root, err := tlog.TreeHash(head.Size, newHashes(ctx, l.opts.Store.Direct(), tree.ID))
	if err == nil && root != head.Root {
		err = fmt.Errorf("the first %d events do not match the published head", head.Size)
	}
	return err
}

// publish signs a head if the tree has grown, at most once a minute whatever the
// number of instances, and writes the newest to the file. It is false while there is
// no event yet.
func (l *Log) publish(ctx context.Context) (published bool, err error) {
	tree, err := l.tree(ctx)
	if err != nil || tree.Size == 0 {
		return false, err
	}
	last, err := l.opts.Store.Direct().AuditHeads.Last(ctx, tree.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return false, fmt.Errorf("read the last head of the audit log: %w", err)
	}
	if age := l.opts.Clock.Now().Sub(last.CreatedAt); last.Size < tree.Size && (last.Size == 0 || age >= headEvery || age < 0) {
		if last, err = l.signHead(ctx, tree); err != nil {
			return false, err
		}
	}
	if l.opts.HeadFile == "" || last.Note == l.written {
		return true, nil
	}
	if err := writeFile(l.opts.HeadFile, last.Note); err != nil {
		return false, fmt.Errorf("write the head file of the audit log: %w", err)
	}
	l.written = last.Note
	return true, nil
}

func (l *Log) signHead(ctx context.Context, tree store.AuditTree) (store.AuditHead, error) {
	k, err := l.key(ctx)
	if err != nil {
		return store.AuditHead{}, err
	}
	root, err := tlog.TreeHash(tree.Size, newHashes(ctx, l.opts.Store.Direct(), tree.ID))
	if err != nil {
		return store.AuditHead{}, fmt.Errorf("compute the head of the audit log: %w", err)
	}
	head := store.AuditHead{TreeID: tree.ID, Size: tree.Size, CreatedAt: l.opts.Clock.Now()}
	if head.Note, err = sign(Head{TreeID: tree.ID, Size: tree.Size, Root: root}, k.signer); err != nil {
		return head, fmt.Errorf("sign the head of the audit log: %w", err)
	}
	err = l.opts.Store.Direct().AuditHeads.Insert(ctx, head)
	if errors.Is(err, store.ErrTaken) { // another instance signed the same
		return l.opts.Store.Direct().AuditHeads.Last(ctx, tree.ID)
	}
	if err != nil {
		return head, fmt.Errorf("keep the head of the audit log: %w", err)
	}
	l.opts.Log.InfoContext(ctx, "signed a head of the audit log", slog.Int64("events", head.Size), slog.String("head", head.Note))
	return head, nil
}

// writeFile puts text in the place of a file in one step.
func writeFile(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Chmod(0o644) // a head is for others
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
