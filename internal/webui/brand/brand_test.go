package brand

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func picture(t *testing.T, side int, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, side, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(b *bytes.Buffer, i image.Image) error  { return png.Encode(b, i) }
func asJPEG(b *bytes.Buffer, i image.Image) error { return jpeg.Encode(b, i, nil) }

func TestALogoIsADrawing(t *testing.T) {
	t.Parallel()
	const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">`
	for name, test := range map[string]struct {
		content []byte
		ext     string // empty if it is refused
	}{
		"a PNG":                    {picture(t, 9, asPNG), ".png"},
		"a JPEG":                   {picture(t, 9, asJPEG), ".jpg"},
		"an SVG":                   {[]byte(svg + `<path d="M0 0"/></svg>`), ".svg"},
		"a PNG that is too wide":   {picture(t, maxLogoSide+1, asPNG), ""},
		"nothing":                  {nil, ""},
		"text":                     {[]byte("hello"), ""},
		"HTML":                     {[]byte("<html><body></body></html>"), ""},
		"half an SVG":              {[]byte(svg), ""},
		"an SVG with a script":     {[]byte(svg + `<script>alert(1)</script></svg>`), ""},
		"an SVG with HTML":         {[]byte(svg + `<foreignObject/></svg>`), ""},
		"an SVG that does":         {[]byte(svg + `<path onload="alert(1)"/></svg>`), ""},
		"an SVG with an entity":    {[]byte(`<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>`), ""},
		"an SVG that is too large": {[]byte(svg + strings.Repeat(" ", maxLogoBytes) + "</svg>"), ""},
	} {
		path := filepath.Join(t.TempDir(), "logo.exe")
		if err := os.WriteFile(path, test.content, 0o600); err != nil {
			t.Fatal(err)
		}
		logo, err := ReadLogo(path)
		if (err == nil) != (test.ext != "") || logo.Ext != test.ext {
			t.Errorf("%s: %q (%v), want %q", name, logo.Ext, err, test.ext)
		}
	}
	if _, err := ReadLogo(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is a logo")
	}
}

// What is taken can be read, in both schemes, whatever the colour.
func TestAColourThatIsTakenCanBeRead(t *testing.T) {
	t.Parallel()
	value := regexp.MustCompile(`--(accent|accent-strong|on-accent): (#[0-9a-f]{6});`)
	for _, own := range []string{"#2f5fd0", "#b00020", "#006644", "#000000", "#5b2c83", "#704214", "#1B7A43"} {
		sheet, err := Sheet(own)
		if err != nil {
			t.Errorf("%s: %v", own, err)
			continue
		}
		found := value.FindAllStringSubmatch(string(sheet), -1)
		if len(found) != 6 {
			t.Fatalf("%s: %s", own, sheet)
		}
		of := func(i int) colour {
			c, err := parse(found[i][2])
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		ground := func(s string) colour { c, _ := parse(s); return c }
		for what, pair := range map[string][2]colour{
			"a link": {of(0), ground(lightGround)}, "a link under the pointer": {of(1), ground(lightGround)},
			"a button": {of(2), of(0)}, "a button under the pointer": {of(2), of(1)},
			"a link in the dark": {of(3), ground(darkGround)}, "a link under the pointer in the dark": {of(4), ground(darkGround)},
			"a button in the dark": {of(5), of(3)}, "a button under the pointer in the dark": {of(5), of(4)},
		} {
			if c := contrast(pair[0], pair[1]); c < readable {
				t.Errorf("%s: %s has a contrast of %.2f", own, what, c)
			}
		}
	}
}

func TestAColourThatCannotBeReadIsRefusedWithOneThatCan(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"#ffffff", "#ffee88", "#33b5e5", "#f4f5f7"} {
		_, err := Sheet(bad)
		if err == nil || !strings.Contains(err.Error(), "contrast") {
			t.Errorf("%s: %v", bad, err)
			continue
		}
		offered := regexp.MustCompile(`#[0-9a-f]{6}`).FindAllString(err.Error(), -1)
		if _, err := Sheet(offered[len(offered)-1]); err != nil {
			t.Errorf("%s: offered %s: %v", bad, offered[len(offered)-1], err)
		}
	}
	for _, none := range []string{"", "red", "#fff", "#12345", "2f5fd0", "#2f5fd0;}", "#2f5fdg", " #2f5fd0", "#2f5fd0\n", "rgb(0,0,0)"} {
		if _, err := Sheet(none); err == nil {
			t.Errorf("%q is a colour", none)
		}
	}
}

func TestContrastIsThatOfTheStandard(t *testing.T) {
	t.Parallel()
	black, white, grey := colour{}, colour{1, 1, 1}, colour{119. / 255, 119. / 255, 119. / 255}
	if c := contrast(black, white); c < 20.99 || c > 21.01 {
		t.Errorf("black on white is %.2f", c)
	}
	if c := contrast(grey, white); c < 4.47 || c > 4.49 { // the well-known #777
		t.Errorf("#777777 on white is %.2f", c)
	}
}

func TestTheFilesOfABrandAreOnlyWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	logo := filepath.Join(t.TempDir(), "logo")
	if err := os.WriteFile(logo, picture(t, 9, asPNG), 0o600); err != nil {
		t.Fatal(err)
	}
	both, err := Read(logo, "#b00020")
	if err != nil || len(both) != 2 || len(both["logo.png"]) == 0 || len(both["brand.css"]) == 0 {
		t.Errorf("both: %v (%v)", both, err)
	}
	if none, err := Read("", ""); err != nil || len(none) != 0 {
		t.Errorf("neither: %v (%v)", none, err)
	}
	for _, bad := range [][2]string{{logo + "-none", ""}, {"", "#ffffff"}} {
		if files, err := Read(bad[0], bad[1]); err == nil {
			t.Errorf("%v: %v", bad, files)
		}
	}
}
