package e2e_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the database is looked at from outside

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/token"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// pair is two instances on one database, of whatever engine, and one Redis.
type pair struct {
	*world // a client of the first

	there     *apptest.Client // of the second
	instances []*apptest.Process
	redis     *fleet.Redis
	db        *sql.DB
}

func newPair(t *testing.T, engine, mode string) *pair {
	t.Helper()
	p := &pair{world: &world{inbox: mailtest.Start(t, mailtest.Options{})}, redis: fleettest.StartRedis(t, fleet.Options{})}
	p.remember(secretKey)
	p.env = slices.Concat(smtpEnv(p.inbox), cheapHash, []string{
		quiet, "SALLYPORT_REVOCATION_CHECK=" + mode, "SALLYPORT_REDIS_URL=" + p.redis.URL(), "SALLYPORT_SECRET_KEY=" + secretKey,
	})
	there := placeOn(t, engine)
	if engine != fleettest.SQLite {
		p.env = append(p.env, "SALLYPORT_DATABASE_URL="+there.url)
	}
	p.start(t, apptest.Options{DataDir: there.dir, Env: p.env})
	p.db = there.open(t)
	beside := apptest.Start(t, apptest.Options{DataDir: there.dir, Env: p.env})
	p.instances = []*apptest.Process{p.server, beside}
	p.there = apptest.NewClient(beside.URL)
	return p
}

// everywhere lists a client of each instance.
func (p *pair) everywhere() []*apptest.Client { return []*apptest.Client{p.Client, p.there} }

// signsIn gives tokens that both instances accept.
func (p *pair) signsIn(t *testing.T, email string) apptest.Tokens {
	t.Helper()
	s := p.login(t, email, password)
	for _, c := range p.everywhere() {
		c.Get(t, "/auth/me", s.AccessToken).Want(t, http.StatusOK, "")
	}
	return s
}

// signsOut ends a session at the first instance and gives its number. Where
// checks are strict Redis then forgets everything: the block-list's entry alone
// would be a no.
func (p *pair) signsOut(t *testing.T, s apptest.Tokens) int64 {
	t.Helper()
	var r receipt
	p.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "").Read(t, &r)
	if slices.Contains(p.env, "SALLYPORT_REVOCATION_CHECK=strict") {
		if err := p.redis.FlushAll(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return r.Revocation
}

// follow waits until both instances have applied a number.
func (p *pair) follow(t *testing.T, number int64) {
	t.Helper()
	for _, instance := range p.instances {
		waittest.Until(t, "an instance applies the number", func() bool {
			return figure(t, instance, "sallyport_revocation_number") >= float64(number)
		})
	}
}

// refuse waits until both instances refuse a token, and gives how long that
// took.
func (p *pair) refuse(t *testing.T, within time.Duration, what, access string) time.Duration {
	t.Helper()
	begin := time.Now()
	for n, c := range p.everywhere() {
		for c.Get(t, "/auth/me", access).Status != http.StatusUnauthorized {
			if late := time.Since(begin); late > within {
				t.Fatalf("%s: instance %d still takes the token after %v", what, n+1, late)
			}
		}
	}
	return time.Since(begin)
}

// loseTheLast does to the database what a fail-over does whose new primary
// lacks the last commit.
func (p *pair) loseTheLast(t *testing.T, number int64) {
	t.Helper()
	p.change(t, "UPDATE feed SET number = number - 1", fmt.Sprintf("DELETE FROM revocations WHERE number = %d", number))
}

// change runs statements on the database, in one transaction, past the
// instances.
func (p *pair) change(t *testing.T, statements ...string) {
	t.Helper()
	tx, err := p.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range statements {
		if _, err := tx.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// forge adds news to Redis that no instance published: made-up revocations with
// the numbers that come next, and the session of somebody, which shows when it
// was heard.
func (p *pair) forge(t *testing.T, somebody apptest.Tokens) {
	t.Helper()
	var history string
	var number int64
	if err := p.db.QueryRowContext(t.Context(), "SELECT history_id, number FROM feed").Scan(&history, &number); err != nil {
		t.Fatal(err)
	}
	var made []string
	for n, subject := range []string{somebody.SessionID, id.Random(), id.Random()} {
		made = append(made, fmt.Sprintf(`{"number":%d,"kind":"sid","subject":"%s","revoked_at":1,"expires_at":%d}`,
			number+1+int64(n), subject, time.Now().Add(10*time.Minute).UnixMicro()))
	}
	news := fmt.Sprintf(`'{"history":"%s","revocations":[%s]}'`, history, strings.Join(made, ","))
	for n, c := range p.everywhere() {
		waittest.Until(t, fmt.Sprintf("instance %d hears the forged news", n+1), func() bool {
			if _, err := p.redis.Do(t.Context(), "XADD", "sallyport:{main}:feed", "*", "news1", news); err != nil {
				t.Fatal(err)
			}
			return c.Get(t, "/auth/me", somebody.AccessToken).Status == http.StatusUnauthorized
		})
	}
}

// TestClusterANumberGivenOutTwiceHidesNoRevocation loses the last revocation and
// gives its number out again before the other instance looks, and forges news
// with numbers that are given out afterwards. By number alone an instance that
// has applied the first never reads the second.
func TestClusterANumberGivenOutTwiceHidesNoRevocation(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		for mode, within := range map[string]time.Duration{
			"feed": slack * token.DefaultPoll, "strict": 0,
		} {
			t.Run(mode, func(t *testing.T) {
				t.Parallel()
				p := newPair(t, engine, mode)
				email := address(t, 1)
				p.join(t, email)
				var took waits
				for round := range soaktest.Rounds(t, 50) {
					first, second, third := p.signsIn(t, email), p.signsIn(t, email), p.signsIn(t, email)
					number := p.signsOut(t, first)
					p.follow(t, number)
					p.loseTheLast(t, number)
					if mode == "feed" && round%2 == 1 { // nobody is told at once
						p.redis.Pause()
					}
					again := p.signsOut(t, second)
					p.redis.Resume()
					if again != number {
						t.Fatalf("the number after the fail-over is %d, want %d once more", again, number)
					}
					took.add(p.refuse(t, within, "the second of that number", second.AccessToken))
					p.refuse(t, 0, "the first of that number", first.AccessToken)

					p.forge(t, third)
					fourth := p.signsIn(t, email)
					p.signsOut(t, fourth)
					took.add(p.refuse(t, within, "a number that was forged before", fourth.AccessToken))
					p.refuse(t, 0, "the first of that number", first.AccessToken)
				}
				if mode == "feed" {
					took.keep(t, "a revocation counts everywhere", token.DefaultPoll)
				}
			})
		}
	})
}

// TestClusterAnEarlierVersionRevokesBesideThisOne takes turns with an instance
// of a version that knows no marks: what it does to the database is written here.
// Nobody begins again because of it, and every revocation counts everywhere.
func TestClusterAnEarlierVersionRevokesBesideThisOne(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		for mode, within := range map[string]time.Duration{"feed": slack * token.DefaultPoll, "strict": 0} {
			t.Run(mode, func(t *testing.T) {
				t.Parallel()
				p := newPair(t, engine, mode)
				email := address(t, 1)
				p.join(t, email)
				var took waits
				for range soaktest.Rounds(t, 50) {
					first, second := p.signsIn(t, email), p.signsIn(t, email)
					now := time.Now()
					p.change(t,
						fmt.Sprintf("UPDATE sessions SET revoked_at = %d, revoked_reason = 'logout' WHERE id = '%s'", now.UnixMicro(), first.SessionID),
						"UPDATE feed SET number = number + 1",
						fmt.Sprintf(`INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at)
							SELECT realm_id, number, 'sid', '%s', 0, %d, %d FROM feed`, first.SessionID, now.UnixMicro(), now.Add(18*time.Minute).UnixMicro()))
					took.add(p.refuse(t, within, "what the earlier version revoked", first.AccessToken))
					p.follow(t, p.signsOut(t, second))
					p.refuse(t, within, "what this version revoked", second.AccessToken)
				}
				if mode == "feed" {
					took.keep(t, "what an earlier version revoked counts everywhere", token.DefaultPoll)
				}
				for _, instance := range p.instances {
					if log := instance.Log(); strings.Contains(log, "begins again") {
						t.Errorf("an instance begins again beside an earlier version:\n%s", log)
					}
				}
			})
		}
	})
}
