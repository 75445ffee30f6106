// Package brand is how an operator makes the pages theirs: a name, a logo and a
// colour.
//
// A colour is one value. It is refused unless text in it, and white text on it,
// can be read on the light pages (WCAG 2.2 §1.4.3, a contrast of 4.5 to 1); the
// one for dark pages is made of it, lighter until it can be read there. A logo
// is a PNG, a JPEG or an SVG. It is served by us, shown as an image and under a
// policy that runs nothing, so that an SVG is a drawing and no program.
//
// This package reads the file that it is told and nothing else.
package brand

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"  // logos
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
)

const (
	maxLogoBytes = 256 << 10
	maxLogoSide  = 2048
	// readable is the contrast that text needs.
	readable = 4.5
	// The grounds of light and dark pages, as in sallyport.css.
	lightGround = "#f4f5f7"
	darkGround  = "#1f2228"
	darkest     = "#10131a"
)

// Logo is a drawing, checked.
type Logo struct {
	Ext     string // .png, .jpg or .svg
	Content []byte
}

// Names among the files of a brand.
const (
	SheetName = "brand.css"
	LogoStem  = "logo"
)

// Read gives the files that make the pages an operator's own, by name: a style
// sheet if there is a colour, a logo if there is a path to one.
func Read(logo, colour string) (map[string][]byte, error) {
	files := map[string][]byte{}
	if colour != "" {
		sheet, err := Sheet(colour)
		if err != nil {
			return nil, fmt.Errorf("colour of the brand: %w", err)
		}
		files[SheetName] = sheet
	}
	if logo != "" {
		l, err := ReadLogo(logo)
		if err != nil {
			return nil, fmt.Errorf("logo of the brand: %w", err)
		}
		files[LogoStem+l.Ext] = l.Content
	}
	return files, nil
}

// ReadLogo reads a logo from a file.
func ReadLogo(path string) (Logo, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return Logo{}, fmt.Errorf("open logo: %w", err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxLogoBytes+1))
	if err != nil {
		return Logo{}, fmt.Errorf("read logo: %w", err)
	}
	return NewLogo(content)
}

// NewLogo checks what is said to be a logo. Its content counts, not its name.
func NewLogo(content []byte) (Logo, error) {
	if len(content) > maxLogoBytes {
		return Logo{}, fmt.Errorf("the logo is larger than %d KiB", maxLogoBytes>>10)
	}
	shape, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		if err := drawing(content); err != nil {
			return Logo{}, err
		}
		return Logo{Ext: ".svg", Content: content}, nil
	}
	if shape.Width > maxLogoSide || shape.Height > maxLogoSide {
		return Logo{}, fmt.Errorf("the logo has %d by %d pixels; %d each way are the most", shape.Width, shape.Height, maxLogoSide)
	}
	ext := "." + format
	if format == "jpeg" {
		ext = ".jpg"
	}
	return Logo{Ext: ext, Content: content}, nil
}

// drawing says why content is not an SVG that draws and does nothing else.
func drawing(content []byte) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	root := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.New("the logo is neither a PNG, a JPEG nor a well-formed SVG")
		}
		if _, ok := token.(xml.Directive); ok {
			return errors.New("the logo is an SVG with a document type, which may hide anything: remove it")
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if root == "" {
			root = e.Name.Local
		}
		switch strings.ToLower(e.Name.Local) {
		case "script", "foreignobject", "iframe":
			return fmt.Errorf("the logo is an SVG with the element %s: a logo only draws", strings.ToLower(e.Name.Local))
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") {
				return errors.New("the logo is an SVG with a script in an attribute: a logo only draws")
			}
		}
	}
	if root != "svg" {
		return errors.New("the logo is neither a PNG, a JPEG nor an SVG")
	}
	return nil
}

// Sheet gives the style sheet that colours the pages by a value such as
// #2f5fd0.
func Sheet(value string) ([]byte, error) {
	base, err := parse(value)
	if err != nil {
		return nil, err
	}
	light, _ := parse(lightGround)
	white, black := colour{1, 1, 1}, colour{}
	if c := contrast(base, light); c < readable {
		return nil, fmt.Errorf("the colour %s has a contrast of %.1f to the pages' ground, which is less than %.1f: text in it could not be read. "+
			"%s is the nearest that can", base, c, readable, darker(base, light))
	}
	onDark := lighter(base)
	ink, _ := parse(darkest)
	var b bytes.Buffer
	fmt.Fprintf(&b, ":root {\n  --accent: %s;\n  --accent-strong: %s;\n  --on-accent: %s;\n}\n", base, mix(base, black, 0.25), white)
	fmt.Fprintf(&b, "\n@media (prefers-color-scheme: dark) {\n  :root {\n    --accent: %s;\n    --accent-strong: %s;\n    --on-accent: %s;\n  }\n}\n",
		onDark, mix(onDark, white, 0.35), ink)
	return b.Bytes(), nil
}

// lighter gives the colour that can be read on the dark ground and carries dark
// text.
func lighter(c colour) colour {
	ground, _ := parse(darkGround)
	for share := 0.0; share < 1; share += 0.02 {
		if m := mix(c, colour{1, 1, 1}, share); contrast(m, ground) >= readable+1 {
			return m
		}
	}
	return colour{1, 1, 1}
}

// darker gives the nearest colour that can be read on a light ground.
func darker(c, ground colour) colour {
	for share := 0.0; share < 1; share += 0.02 {
		if m := mix(c, colour{}, share); contrast(m, ground) >= readable {
			return m
		}
	}
	return colour{}
}

// colour is red, green and blue from 0 to 1.
type colour [3]float64

func parse(s string) (colour, error) {
	if !regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`).MatchString(s) {
		return colour{}, errors.New("a colour is written like #2f5fd0: six hexadecimal digits behind a #")
	}
	var c colour
	for i := range c {
		n, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return c, err
		}
		c[i] = float64(n) / 255
	}
	return c, nil
}

// String is how CSS writes a colour.
func (c colour) String() string {
	var n [3]int
	for i, v := range c {
		n[i] = int(math.Round(v * 255))
	}
	return fmt.Sprintf("#%02x%02x%02x", n[0], n[1], n[2])
}

// mix gives a with a share of b.
func mix(a, b colour, share float64) colour {
	var m colour
	for i := range m {
		m[i] = a[i] + (b[i]-a[i])*share
	}
	return m
}

// contrast is the ratio of WCAG 2.2: 1 for equal colours, 21 for black on white.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func (c colour) luminance() float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}
