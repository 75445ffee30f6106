package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/config"
)

// Groups of commands in the help.
const (
	groupServe  = "serve"
	groupCheck  = "check"
	groupManage = "manage"
	groupData   = "data"
)

// usageTemplate is cobra's without the global flags: these are the settings,
// which every command takes and which have a page of their own.
const usageTemplate = `Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{$cmds := .Commands}}{{range $group := .Groups}}

{{.Title}}{{range $cmds}}{{if (and (eq .GroupID $group.ID) .IsAvailableCommand)}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableSubCommands}}{{if not .AllChildCommandsHaveGroup}}

{{if .Groups}}Other commands:{{else}}Commands:{{end}}{{range $cmds}}{{if (and (eq .GroupID "") (or .IsAvailableCommand (eq .Name "help")))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{end}}{{if .LocalNonPersistentFlags.HasAvailableFlags}}

Flags:
{{.LocalNonPersistentFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}

Every command takes the settings as flags, from the environment or from a file: sallyport help settings
`

// arrange gives the commands their groups and the help its form.
func arrange(root *cobra.Command) {
	root.AddGroup(
		&cobra.Group{ID: groupServe, Title: "Run:"},
		&cobra.Group{ID: groupCheck, Title: "Set up and check:"},
		&cobra.Group{ID: groupManage, Title: "Manage:"},
		&cobra.Group{ID: groupData, Title: "Back up and move:"},
	)
	groups := map[string]string{
		"serve": groupServe, "worker": groupServe,
		"config": groupCheck, "doctor": groupCheck, "migrate": groupCheck, "conformance": groupCheck,
		"user": groupManage, "invitation": groupManage, "role": groupManage, "client": groupManage, "hook": groupManage, "job": groupManage, "audit": groupManage, "key": groupManage, "mail": groupManage,
		"backup": groupData, "restore": groupData, "transfer": groupData, "import": groupData, "export": groupData,
	}
	for _, cmd := range root.Commands() {
		cmd.GroupID = groups[cmd.Name()]
	}
	root.SetUsageTemplate(usageTemplate)
}

// helpCommand refuses a topic that does not exist; cobra's own shows the help of
// the program in its place.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Show the help of a command, or of the settings",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{fmt.Errorf("no help for %q (try: sallyport help)", strings.Join(args, " "))}
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// settingsTopic is the page of sallyport help settings.
func settingsTopic() *cobra.Command {
	topic := &cobra.Command{Use: "settings", Short: "Settings: flags, environment variables and defaults"}
	topic.SetHelpFunc(func(cmd *cobra.Command, _ []string) { _ = config.Help(cmd.OutOrStdout()) })
	return topic
}
