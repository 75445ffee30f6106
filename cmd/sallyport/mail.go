package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sallyport-auth/sallyport/internal/app"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/words"
)

func mailCommand(p process) *cobra.Command {
	cmd := &cobra.Command{Use: "mail", Short: "Preview emails and send a test", Args: noArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(mailListCommand(), mailPreviewCommand(p), mailTestCommand(p))
	return cmd
}

func mailListCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List the kinds of email", Args: noArgs}
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return listing[mail.Kind]{
			header: "KIND",
			cells:  func(k mail.Kind) []string { return []string{string(k)} },
			row:    func(k mail.Kind) any { return k },
		}.print(cmd.OutOrStdout(), mail.Kinds(), *asJSON)
	}
	return cmd
}

// addLanguage adds the flag that chooses the language of a mail, and gives what was
// chosen once the command runs.
func addLanguage(cmd *cobra.Command) func() (string, error) {
	tag := cmd.Flags().String("language", words.English, "language of the email: "+strings.Join(words.Languages(), ", "))
	return func() (string, error) {
		language, ok := words.Named(*tag)
		if !ok {
			return "", usageError{fmt.Errorf("--language must be one of %s", strings.Join(words.Languages(), ", "))}
		}
		return language, nil
	}
}

// mailKind finds the kind that an argument names.
func mailKind(name string) (mail.Kind, error) {
	kind, ok := mail.KindNamed(name)
	if !ok {
		return "", usageError{fmt.Errorf("there is no email of kind %q: sallyport mail list", name)}
	}
	return kind, nil
}

// mailRow is a mail as programs read it.
type mailRow struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}

func mailPreviewCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "preview KIND [--language LANGUAGE] [--html]",
		Short: "Show an email with sample data, by your settings and templates",
		Long: "Show what an email says, with sample data, by the settings and templates in effect. Nothing is sent.\n" +
			"\"sallyport mail list\" lists the kinds.",
		Example: "  sallyport mail preview verify_email --language de\n  sallyport mail preview reset_password --html > reset.html",
		Args:    oneArg("name one kind of email: sallyport mail list"),
	}
	language := addLanguage(cmd)
	html := cmd.Flags().Bool("html", false, "print the HTML alone")
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		kind, err := mailKind(args[0])
		if err != nil {
			return err
		}
		tag, err := language()
		if err != nil {
			return err
		}
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		m, err := app.PreviewMail(cmd.Context(), cfg, kind, tag)
		switch {
		case err != nil:
			return err
		case *asJSON:
			return printJSON(cmd.OutOrStdout(), mailRow{m.Subject, m.Text, m.HTML})
		case *html:
			_, err = fmt.Fprint(cmd.OutOrStdout(), m.HTML)
		default:
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Subject: %s\n\n%s", m.Subject, m.Text)
		}
		return err
	}
	return cmd
}

func mailTestCommand(p process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "test ADDRESS [--kind KIND] [--language LANGUAGE]",
		Short: "Send a test email now and show what the mail server says",
		Long: "Send an email with sample data to an address, now and past the queue, and show what the mail server says.\n" +
			"Its subject begins with [Test], and its link opens nothing.",
		Example: "  sallyport mail test ops@example.com",
		Args:    oneArg("name the one address that gets the test"),
	}
	name := cmd.Flags().String("kind", string(mail.VerifyEmail), "which email: sallyport mail list")
	language := addLanguage(cmd)
	asJSON := addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		kind, err := mailKind(*name)
		if err != nil {
			return err
		}
		tag, err := language()
		if err != nil {
			return err
		}
		cfg, _, err := p.settings(cmd)
		if err != nil {
			return err
		}
		if err := app.TestMail(cmd.Context(), cfg, kind, tag, args[0]); err != nil {
			return err
		}
		if *asJSON {
			return printJSON(cmd.OutOrStdout(), map[string]string{"to": args[0], "kind": string(kind), "done": "sent"})
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "The mail server took the email for %s. If it does not arrive, look into its log and the spam folder.\n", args[0])
		return err
	}
	return cmd
}
