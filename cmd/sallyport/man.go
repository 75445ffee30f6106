//go:build man

package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// addManual adds the command that writes the manual pages, which the program that
// ships does without.
func addManual(root *cobra.Command) {
	root.AddCommand(&cobra.Command{
		Use: "man FOLDER", Hidden: true, Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			root.ResetFlags() // the settings have a help of their own
			root.DisableAutoGenTag = true
			if err := os.MkdirAll(args[0], 0o755); err != nil { //nolint:gosec // pages are for everybody
				return err
			}
			// The date is SOURCE_DATE_EPOCH, if that is set.
			return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "Sallyport", Manual: "Sallyport"}, args[0])
		},
	})
}
