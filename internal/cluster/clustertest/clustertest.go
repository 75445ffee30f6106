// Package clustertest is the list of promises that every adapter of package
// cluster keeps. Each is a function of an adapter and nothing else; an adapter's
// test hands [Run] a function that opens a fresh one.
//
// The ports may lose what they are told, so a promise about arrival tells again
// until a deadline, and no promise here is about not losing.
package clustertest

import (
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
)

// patience is how long a promise waits for what must happen.
const patience = 10 * time.Second

// Adapter is what is tested.
type Adapter struct {
	Feed    cluster.Feed
	Buckets cluster.Buckets
	Handout cluster.Handout
	// Now is the clock that Buckets goes by, and Advance moves it.
	Now     func() time.Time
	Advance func(time.Duration)
	// Resolution is how coarsely Buckets counts time; 0 if it is exact.
	Resolution time.Duration
}

// Run holds adapters to their promises. Each promise gets one of its own.
func Run(t *testing.T, open func(t *testing.T) Adapter) {
	for name, test := range map[string]func(*testing.T, Adapter){
		"Feed/NewsReachesEverySubscriber":       feedReachesEverySubscriber,
		"Feed/CallsDoNotOverlap":                feedCallsDoNotOverlap,
		"Feed/SubscribeEndsWithItsContext":      feedSubscribeEnds,
		"Feed/PublishNeedsNoSubscriber":         feedPublishNeedsNoSubscriber,
		"Feed/PublishIsNotHeldUpBySubscribers":  feedPublishIsNotHeldUp,
		"Feed/PublishEndsWithItsContext":        feedPublishEnds,
		"Buckets/AllowBurstAndNoMore":           bucketsAllowBurst,
		"Buckets/WaitIsTruthful":                bucketsWaitIsTruthful,
		"Buckets/RefillToBurstAndNoFurther":     bucketsRefill,
		"Buckets/KeysAreApart":                  bucketsKeysAreApart,
		"Buckets/RefusalSpendsNothing":          bucketsRefusalSpendsNothing,
		"Buckets/RacersNeverGetMoreThanBurst":   bucketsRacers,
		"Buckets/GiveBackUndoesATake":           bucketsGiveBack,
		"Buckets/GiveBackNeverOverfills":        bucketsGiveBackNeverOverfills,
		"Buckets/RateThatIsNoneIsAnError":       bucketsBadRate,
		"Buckets/AClockSetBackShutsNobodyOut":   bucketsClockSetBack,
		"Buckets/AgreeWithTheModel":             bucketsAgreeWithModel,
		"Handout/HandsOutWhatWasAnnounced":      handoutHandsOut,
		"Handout/WakesWhoeverWaits":             handoutWakes,
		"Handout/NextEndsWithItsContext":        handoutNextEnds,
		"Handout/AnnounceNeverBlocks":           handoutAnnounceNeverBlocks,
		"Handout/OneAnnouncementWakesOneWorker": handoutOneWorker,
		"Handout/ManyWorkersShareManyIDs":       handoutShares,
		"Handout/WhoWaitsNextGetsTheNextID":     handoutLeavesNothingBehind,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}
