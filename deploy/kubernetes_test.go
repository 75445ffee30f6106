package deploy_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// kinds says where the schema of a kind is.
var kinds = map[string]string{
	"apps/v1/Deployment": "apps.v1", "v1/Service": "core.v1", "v1/ConfigMap": "core.v1", "v1/Secret": "core.v1",
	"policy/v1/PodDisruptionBudget": "policy.v1", "networking.k8s.io/v1/NetworkPolicy": "networking.v1",
}

// manifests reads every Kubernetes object that we ship, by kind and name.
func manifests(t *testing.T) map[string]tree {
	t.Helper()
	objects := map[string]tree{}
	var paths []string
	for _, pattern := range []string{"kubernetes/*", "kubernetes/example/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	for _, path := range paths {
		if filepath.Ext(path) != ".yaml" {
			continue
		}
		for _, doc := range documents(t, readText(t, path)) {
			name := fmt.Sprintf("%v/%v", doc["kind"], at[any](t, doc, "metadata", "name"))
			if objects[name] != nil {
				t.Errorf("%s: %s comes twice", path, name)
			}
			objects[name] = doc
		}
	}
	return objects
}

func TestManifestsAreValid(t *testing.T) {
	t.Parallel()
	objects := manifests(t)
	for name, doc := range objects {
		group, ok := kinds[fmt.Sprintf("%v/%v", doc["apiVersion"], doc["kind"])]
		if !ok {
			t.Errorf("%s: no schema for it", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hold(t, schema(t, "kubernetes-1.37.json", fmt.Sprintf("#/$defs/io.k8s.api.%s.%v", group, doc["kind"])), doc)
		})
	}
	want := []string{
		"ConfigMap/sallyport", "Deployment/sallyport", "Deployment/sallyport-worker", "NetworkPolicy/sallyport",
		"PodDisruptionBudget/sallyport", "Secret/sallyport", "Service/sallyport",
	}
	if got := slices.Sorted(maps.Keys(objects)); !slices.Equal(got, want) {
		t.Errorf("objects are %v, want %v", got, want)
	}
}

// pod is the one container of a deployment, and what is around it.
type pod struct {
	name                  string
	spec, container       tree
	labels                tree
	env                   []string
	files                 map[string]string // path in the container to the secret's key
	ports                 map[string]int
	image, command        string
	gracePeriod, replicas float64
}

func pods(t *testing.T) []pod {
	t.Helper()
	objects := manifests(t)
	var list []pod
	for _, name := range []string{"sallyport", "sallyport-worker"} {
		d := objects["Deployment/"+name]
		p := pod{name: name, files: map[string]string{}, ports: map[string]int{}}
		p.spec = at[tree](t, d, "spec", "template", "spec")
		p.labels = at[tree](t, d, "spec", "template", "metadata", "labels")
		p.container = at[tree](t, p.spec, "containers", 0)
		p.image, p.command = at[string](t, p.container, "image"), strings.Join(texts(p.container["args"]), " ")
		p.gracePeriod = at[float64](t, p.spec, "terminationGracePeriodSeconds")
		p.replicas = at[float64](t, d, "spec", "replicas")
		config := objects["ConfigMap/"+at[string](t, p.container, "envFrom", 0, "configMapRef", "name")]
		for key := range at[tree](t, config, "data") {
			p.env = append(p.env, key+"="+at[string](t, config, "data", key))
		}
		for _, item := range at[[]any](t, p.container, "env") {
			p.env = append(p.env, at[string](t, item, "name")+"="+at[string](t, item, "value"))
		}
		for _, item := range at[[]any](t, p.container, "ports") {
			p.ports[at[string](t, item, "name")] = int(at[float64](t, item, "containerPort"))
		}
		secretName := at[string](t, p.spec, "volumes", 0, "secret", "secretName")
		for key := range at[tree](t, objects["Secret/"+secretName], "stringData") {
			p.files[at[string](t, p.container, "volumeMounts", 0, "mountPath")+"/"+key] = key
		}
		list = append(list, p)
	}
	return list
}

func TestPodsStartWithTheirSettings(t *testing.T) {
	t.Parallel()
	image := readDockerfile(t).env()
	for _, p := range pods(t) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if !pinned.MatchString(p.image) {
				t.Errorf("image %s is not pinned", p.image)
			}
			wouldStart(t, p.command, append(slices.Clone(image), p.env...), p.files)
			wouldStart(t, p.command, append(append(slices.Clone(image), p.env...), serviceLinks()...), p.files)
		})
	}
}

// serviceLinks is what Kubernetes puts into each container for a Service named
// sallyport, if nobody turns that off.
func serviceLinks() []string {
	return []string{
		"SALLYPORT_SERVICE_HOST=10.96.0.7", "SALLYPORT_SERVICE_PORT=80", "SALLYPORT_SERVICE_PORT_HTTP=80",
		"SALLYPORT_PORT=tcp://10.96.0.7:80", "SALLYPORT_PORT_80_TCP=tcp://10.96.0.7:80",
		"SALLYPORT_PORT_80_TCP_PROTO=tcp", "SALLYPORT_PORT_80_TCP_PORT=80", "SALLYPORT_PORT_80_TCP_ADDR=10.96.0.7",
	}
}

func TestProbesAskWhatAnswers(t *testing.T) {
	t.Parallel()
	ops := opsPaths(t)
	listens := portOf(t, readDockerfile(t).env(), "SALLYPORT_OPS_LISTEN")
	for _, p := range pods(t) {
		for probe, want := range map[string]string{"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"} {
			get := at[tree](t, p.container, probe, "httpGet")
			port := p.ports[at[string](t, get, "port")]
			if get["path"] != want || port != listens || !slices.Contains(ops, want) {
				t.Errorf("%s: %s asks %v on %d; %s is on %d, which answers %v", p.name, probe, get["path"], port, want, listens, ops)
			}
		}
		if timeout := at[float64](t, p.container, "readinessProbe", "timeoutSeconds"); timeout <= 2 {
			t.Errorf("%s: the readiness probe waits %v s; /readyz may take 2", p.name, timeout)
		}
	}
}

func TestPodsAreConfined(t *testing.T) {
	t.Parallel()
	user := readDockerfile(t).user()
	for _, p := range pods(t) {
		for _, want := range []struct {
			path []any
			is   any
		}{
			{[]any{"securityContext", "runAsNonRoot"}, true},
			{[]any{"securityContext", "runAsUser"}, user},
			{[]any{"securityContext", "seccompProfile", "type"}, "RuntimeDefault"},
			{[]any{"automountServiceAccountToken"}, false},
			{[]any{"containers", 0, "securityContext", "allowPrivilegeEscalation"}, false},
			{[]any{"containers", 0, "securityContext", "readOnlyRootFilesystem"}, true},
			{[]any{"containers", 0, "securityContext", "capabilities", "drop", 0}, "ALL"},
		} {
			if got := at[any](t, p.spec, want.path...); got != want.is {
				t.Errorf("%s: %v is %v, want %v", p.name, want.path, got, want.is)
			}
		}
		if p.gracePeriod <= longestStop || p.replicas < 2 {
			t.Errorf("%s: %v replicas with %v s to stop", p.name, p.replicas, p.gracePeriod)
		}
	}
}

// TestSelectorsFindTheirPods: a selector that finds nothing is no error to
// Kubernetes, only an outage.
func TestSelectorsFindTheirPods(t *testing.T) {
	t.Parallel()
	objects := manifests(t)
	list := pods(t)
	serve, worker := list[0], list[1]
	for _, row := range []struct {
		object         string
		path           []any
		serves, worker bool
	}{
		{"Deployment/sallyport", []any{"spec", "selector", "matchLabels"}, true, false},
		{"Deployment/sallyport-worker", []any{"spec", "selector", "matchLabels"}, false, true},
		{"Service/sallyport", []any{"spec", "selector"}, true, false},
		{"PodDisruptionBudget/sallyport", []any{"spec", "selector", "matchLabels"}, true, false},
		{"NetworkPolicy/sallyport", []any{"spec", "podSelector", "matchLabels"}, true, true},
	} {
		selector := at[tree](t, objects[row.object], row.path...)
		if selects(selector, serve.labels) != row.serves || selects(selector, worker.labels) != row.worker {
			t.Errorf("%s selects %v", row.object, selector)
		}
	}
	target := at[string](t, objects["Service/sallyport"], "spec", "ports", 0, "targetPort")
	if got, want := serve.ports[target], portOf(t, readDockerfile(t).env(), "SALLYPORT_LISTEN"); got != want {
		t.Errorf("the service leads to port %d, the API is on %d", got, want)
	}
	for _, rule := range at[[]any](t, objects["NetworkPolicy/sallyport"], "spec", "ingress") {
		if port := at[string](t, rule, "ports", 0, "port"); serve.ports[port] == 0 {
			t.Errorf("the network policy opens %s, which no container has", port)
		}
	}
}

func selects(selector, labels tree) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return true
}
