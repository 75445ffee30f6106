package redis

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// everythingWorks uses each port once, for a cluster that is reached by url.
func everythingWorks(t *testing.T, c *Cluster) {
	t.Helper()
	heard := listen(t, c.Feed)
	tell(t, c.Feed, heard, 1)
	waittest.Until(t, "the buckets of all instances answer", func() bool {
		_, _, err := c.Buckets.Take(t.Context(), "k", hourly(1_000_000))
		return err == nil && c.link.calls.Exists(t.Context(), c.Buckets.prefix+"k").Val() == 1
	})
	waittest.Until(t, "an id is handed out", func() bool {
		if c.Handout.Announce(t.Context(), []string{"job"}) != nil {
			return false
		}
		id, err := c.Handout.Next(t.Context())
		return err == nil && id == "job"
	})
	waittest.Until(t, "the block-list is filled", func() bool {
		seen, err := c.BlockList.Complete(t.Context())
		return err == nil && c.BlockList.Fill(t.Context(), seen, all(at(2), sessions(0, 1), sessions(1, 2))) == nil
	})
	waittest.Until(t, "the block-list is added to", func() bool { return c.BlockList.Append(t.Context(), stretch(2, 3)) == nil })
	wantComplete(t, c.BlockList, at(3))
	if !look(t, c.BlockList, cluster.Suspect{Session: "s3"}).Revoked {
		t.Error("the block-list lacks an entry")
	}
	if err := c.Check(t.Context()); err != nil {
		t.Errorf("Check: %v", err)
	}
}

// certificates makes an authority and a certificate for 127.0.0.1, and gives the
// names of their files.
func certificates(t *testing.T) (ca, cert, key string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "redis of a test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	cert = write("cert.pem", "CERTIFICATE", der)
	return cert, cert, write("key.pem", "EC PRIVATE KEY", text)
}

func freePort(t *testing.T) string {
	t.Helper()
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(port)
}

func TestEverythingWorksOverTLSWithAPassword(t *testing.T) {
	t.Parallel()
	ca, cert, key := certificates(t)
	port := freePort(t)
	startRedis(t, "--tls-port", port, "--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", ca,
		"--user", "sallyport", "on", ">pa:ss@word", "~*", "&*", "+@all")
	c := unhurried(open(t, "rediss://sallyport:pa%3Ass%40word@127.0.0.1:"+port+"?tls_ca="+ca+"&tls_cert="+cert+"&tls_key="+key))
	everythingWorks(t, c)

	for name, url := range map[string]string{
		"a stranger's certificate": "rediss://sallyport:pa%3Ass%40word@127.0.0.1:" + port + "?tls_cert=" + cert + "&tls_key=" + key,
		"a wrong password":         "rediss://sallyport:canary@127.0.0.1:" + port + "?tls_ca=" + ca + "&tls_cert=" + cert + "&tls_key=" + key,
		"no TLS":                   "redis://sallyport:canary@127.0.0.1:" + port,
	} {
		err := open(t, url).Check(t.Context())
		if err == nil {
			t.Errorf("%s: Redis was reached", name)
		} else if strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "pa:ss") {
			t.Errorf("%s: the error tells a secret: %v", name, err)
		}
	}
}

func TestEverythingWorksOnARedisCluster(t *testing.T) {
	t.Parallel()
	const slots, size = 16384, 3
	var nodes []*fleet.Redis
	var buses, addrs []string
	for n := range size {
		bus := freePort(t)
		node := startRedis(t, "--cluster-enabled", "yes", "--cluster-config-file", fmt.Sprintf("nodes%d.conf", n), "--cluster-port", bus)
		nodes, buses, addrs = append(nodes, node), append(buses, bus), append(addrs, node.Addr)
	}
	for n, node := range nodes {
		ask(t, node, "CLUSTER", "SET-CONFIG-EPOCH", strconv.Itoa(n+1))
		ask(t, node, "CLUSTER", "ADDSLOTSRANGE", strconv.Itoa(n*slots/size), strconv.Itoa((n+1)*slots/size-1))
		ask(t, nodes[0], "CLUSTER", "MEET", "127.0.0.1", strconv.Itoa(node.Port()), buses[n])
	}
	owned := map[string]bool{}
	for n := range 12 { // realms fall on different nodes
		c := unhurried(open(t, "redis+cluster://"+addrs[n%size], func(o *Options) { o.Realm = strconv.Itoa(n) }))
		waittest.Until(t, "the nodes know each other", func() bool { return c.Check(t.Context()) == nil })
		everythingWorks(t, c)
		for _, node := range nodes {
			if found, err := node.Do(t.Context(), "EXISTS", c.Feed.key); err == nil && found == ":1" {
				owned[node.Addr] = true
			}
		}
	}
	if len(owned) < 2 {
		t.Errorf("all keys are on %v", owned)
	}
}

// ask runs a command on a server.
func ask(t *testing.T, server *fleet.Redis, words ...string) {
	t.Helper()
	if _, err := server.Do(t.Context(), words...); err != nil {
		t.Fatalf("%v: %v", words, err)
	}
}

// startSentinel starts a Sentinel that watches a server, and gives its address.
func startSentinel(t *testing.T, watched *fleet.Redis) string {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal(err)
	}
	dir, port := t.TempDir(), freePort(t)
	conf := filepath.Join(dir, "sentinel.conf")
	text := fmt.Sprintf("port %s\nbind 127.0.0.1\ndir %s\nlogfile %s/log\nsentinel monitor main 127.0.0.1 %d 1\n"+
		"sentinel down-after-milliseconds main 500\nsentinel failover-timeout main 3000\n", port, dir, dir, watched.Port())
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, conf, "--sentinel")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	addr := net.JoinHostPort("127.0.0.1", port)
	waittest.Until(t, "Sentinel listens", func() bool {
		conn, err := net.Dial("tcp", addr)
		return err == nil && conn.Close() == nil
	})
	return addr
}

func TestEverythingWorksBehindSentinelAndGoesOnAfterAFailover(t *testing.T) {
	t.Parallel()
	master := startRedis(t)
	replica := startRedis(t, "--replicaof", "127.0.0.1", strconv.Itoa(master.Port()), "--repl-diskless-sync-delay", "0")
	sentinel := startSentinel(t, master)
	c := unhurried(open(t, "redis+sentinel://"+sentinel+"/main"))
	everythingWorks(t, c)
	heard := listen(t, c.Feed)
	tell(t, c.Feed, heard, 1000)
	waittest.Until(t, "Sentinel and the replica know each other", func() bool {
		s := goredis.NewSentinelClient(&goredis.Options{Addr: sentinel})
		defer func() { _ = s.Close() }()
		replicas, err := s.Replicas(t.Context(), "main").Result()
		return err == nil && len(replicas) == 1 && strings.Contains(replicas[0]["master-link-status"], "ok")
	})
	waittest.Until(t, "the replica has everything", func() bool {
		found, err := replica.Do(t.Context(), "EXISTS", c.BlockList.prefix+completeKey)
		return err == nil && found == ":1"
	})

	master.Kill()
	_ = c.Feed.Publish(t.Context(), "h", news(1))
	begin := time.Now()
	waittest.Until(t, "the replica has taken over", func() bool { return c.Check(t.Context()) == nil })
	t.Logf("the failover took %v", time.Since(begin))
	// What the replica holds, it holds with its marker.
	wantComplete(t, c.BlockList, at(3))
	for _, s := range []string{"s1", "s2", "s3"} {
		if !look(t, c.BlockList, cluster.Suspect{Session: s}).Revoked {
			t.Errorf("entry %s is lost and the marker is not", s)
		}
	}
	tell(t, c.Feed, heard, 2000)
	everythingWorks(t, c)
}
