package device_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/device"
)

func TestNamesOfDevices(t *testing.T) {
	t.Parallel()
	const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
	for _, test := range []struct{ name, header, want string }{
		{"Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"},
		{"the same after an update", "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0", "Firefox on Linux"},
		{"Chrome", windows + "Chrome/137.0.0.0 Safari/537.36", "Chrome on Windows"},
		{"Edge", windows + "Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0", "Edge on Windows"},
		{"Safari", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15", "Safari on macOS"},
		{"an iPhone", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1", "Safari on iOS"},
		{"Android", "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36", "Chrome on Android"},
		{"a program", "curl/8.5.0", "curl"},
		{"another", "python-requests/2.32.0", "python-requests"},
		{"nothing", "", ""},
		{"markup", "<script>alert(1)</script>", ""},
		{"an address", "evil.example/1.0", ""},
		{"a line end", "curl\r\nBcc: x/1", "curl Bcc x"},
		{"a system alone", "<b> (X11; Linux x86_64)", "Linux"},
		{"not UTF-8", "\xff\xfe/1.0", ""},
	} {
		if got := device.Of(test.header).String(); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestALongHeaderIsNotReadWhole(t *testing.T) {
	t.Parallel()
	if got := device.Of(strings.Repeat(" ", 600) + "curl/8.5.0"); got != (device.Device{}) {
		t.Errorf("got %+v", got)
	}
	if got := device.Of(strings.Repeat("a", 1<<20)); got != (device.Device{}) {
		t.Errorf("got %+v", got)
	}
}

// What comes out is harmless whatever goes in.
func FuzzOf(f *testing.F) {
	for _, seed := range []string{
		"curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "((((", "a/b/c;;;)",
		"<img src=x onerror=alert(1)>/1 (Linux)", "\u202eevil/1", "Instagram 1.2 Android", "XiaoMi/MiuiBrowser/", "FBAN/FBIOS;FBAV/1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		d := device.Of(header)
		for _, name := range []string{d.Browser, d.System} {
			if !utf8.ValidString(name) || utf8.RuneCountInString(name) > 60 || strings.ContainsAny(name, "<>&\"/\\.:@\r\n") ||
				strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
				t.Errorf("%q gives %q", header, name)
			}
		}
		if again := device.Of(header); again != d {
			t.Errorf("%q gives %+v and %+v", header, d, again)
		}
	})
}
