package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhereTheLogIsShipped(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		environ  []string
		endpoint string
		headers  map[string]string
	}{
		{"nowhere", nil, "", map[string]string{}},
		{"a collector", []string{"SALLYPORT_OTLP_ENDPOINT=HTTPS://Collector.Example/otlp/"}, "https://collector.example/otlp", map[string]string{}},
		{
			"with headers",
			[]string{"SALLYPORT_OTLP_ENDPOINT=http://localhost:4318", "SALLYPORT_OTLP_HEADERS=X-Key=a=b , Authorization=Basic YTpi"},
			"http://localhost:4318",
			map[string]string{"X-Key": "a=b", "Authorization": "Basic YTpi"},
		},
		{"the predecessor's token", []string{"BetterStack=t0k3n"}, "https://in-otel.logs.betterstack.com", map[string]string{"Authorization": "Bearer t0k3n"}},
		{
			"the token and the ingesting host of its source",
			[]string{"BetterStack=t0k3n", "SALLYPORT_OTLP_ENDPOINT=https://s1.eu.example", "SALLYPORT_OTLP_HEADERS=X-Team=people"},
			"https://s1.eu.example",
			map[string]string{"Authorization": "Bearer t0k3n", "X-Team": "people"},
		},
	} {
		c, o := mustLoad(t, test.environ...)
		if c.EffectiveOTLPEndpoint() != test.endpoint || c.Ships() != (test.endpoint != "") || len(o.Warnings) != 0 {
			t.Errorf("%s: %q, warnings %q", test.name, c.EffectiveOTLPEndpoint(), o.Warnings)
		}
		if diff := cmp.Diff(test.headers, c.OTLPHeaderValues()); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		for _, row := range Describe(c, o) {
			if strings.Contains(row.Value, "t0k3n") || strings.Contains(row.Value, "a=b") {
				t.Errorf("%s: %s shows %s", test.name, row.Name, row.Value)
			}
			if row.Name == "SALLYPORT_OTLP_ENDPOINT" && row.Value != test.endpoint {
				t.Errorf("%s: shown as %q", test.name, row.Value)
			}
		}
	}
}

func TestHeadersComeFromAFileAndRatiosFromYAML(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	headers, file := filepath.Join(dir, "headers"), filepath.Join(dir, "sallyport.yaml")
	for path, text := range map[string]string{
		headers: "Authorization=Bearer abc\n",
		file:    "otlp_endpoint: https://collector.example\notlp_traces: 0.25\notlp_trusted_callers: [10.0.0.0/8]\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, _ := mustLoad(t, "SALLYPORT_CONFIG="+file, "SALLYPORT_OTLP_HEADERS_FILE="+headers)
	if c.OTLPTraces != 0.25 || c.OTLPHeaderValues()["Authorization"] != "Bearer abc" || len(c.OTLPCallers) != 1 {
		t.Errorf("read as %+v", c)
	}
	if d := Default(); d.OTLPTraces != 0.1 || d.Ships() {
		t.Errorf("by default %v of all traces, shipping %v", d.OTLPTraces, d.Ships())
	}
	if c, _ := mustLoad(t, "SALLYPORT_OTLP_TRACES=1"); c.OTLPTraces != 1 {
		t.Errorf("all traces is %v", c.OTLPTraces)
	}
}

func TestShippingThatCannotWorkIsRefused(t *testing.T) {
	t.Parallel()
	const endpoint = "SALLYPORT_OTLP_ENDPOINT=https://collector.example"
	for _, test := range []struct {
		name    string
		environ []string
		want    string
	}{
		{"no URL", []string{"SALLYPORT_OTLP_ENDPOINT=collector:4318"}, "must be a full URL"},
		{"another scheme", []string{"SALLYPORT_OTLP_ENDPOINT=grpc://collector:4317"}, "must be a full URL"},
		{"a password in the URL", []string{"SALLYPORT_OTLP_ENDPOINT=https://a:hunter2@collector.example"}, "credentials go to SALLYPORT_OTLP_HEADERS"},
		{"a query", []string{"SALLYPORT_OTLP_ENDPOINT=https://collector.example?key=hunter2"}, "nothing behind the path"},
		{"the URL of one signal", []string{endpoint + "/v1/logs"}, "must be the base URL"},
		{"the URL of the other", []string{endpoint + "/otlp/v1/traces/"}, "must be the base URL"},
		{"a header without a value", []string{endpoint, "SALLYPORT_OTLP_HEADERS=A=b,hunter2"}, "entry 2 must be Name=value"},
		{"a header that is two lines", []string{endpoint, "SALLYPORT_OTLP_HEADERS=A=hunter2\r\nB: c"}, "entry 1 must be Name=value"},
		{"a header for nobody", []string{"SALLYPORT_OTLP_HEADERS=A=hunter2"}, "needs SALLYPORT_OTLP_ENDPOINT"},
		{"two credentials", []string{"BetterStack=t", "SALLYPORT_OTLP_HEADERS=authorization=Basic hunter2"}, "keep one"},
		{"a token with a blank", []string{"BetterStack=hunter2 x"}, "copy the source token again"},
		{"more than all", []string{"SALLYPORT_OTLP_TRACES=1.5"}, "between 0 (no traces) and 1 (all)"},
		{"less than none", []string{"SALLYPORT_OTLP_TRACES=-0.1"}, "between 0 (no traces) and 1 (all)"},
		{"no number", []string{"SALLYPORT_OTLP_TRACES=NaN"}, "must be a number such as 0.1"},
		{"a word", []string{"SALLYPORT_OTLP_TRACES=hunter2"}, "must be a number such as 0.1"},
		{"everybody decides", []string{"SALLYPORT_OTLP_TRUSTED_CALLERS=::/0"}, "entry 1 trusts everybody"},
	} {
		_, _, err := load(t, test.environ...)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
}
