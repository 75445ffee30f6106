package fault_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

var (
	errSample = fault.New(fault.Limited, "sample_limited")
	errOther  = fault.New(fault.Limited, "sample_other")
)

func TestCopiesStayTheSameFault(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	err := fmt.Errorf("try: %w", errSample.WithCause(cause).WithRetryAfter(time.Minute).WithWords("slower", "n", "1").
		WithFields(fault.Wrong("a", "b")).WithMember("next", "retry"))
	if !errors.Is(err, errSample) || !errors.Is(err, cause) || errors.Is(err, errOther) {
		t.Errorf("%v: is not the fault it was made from, or is another", err)
	}
	if got := fault.KindOf(err); got != fault.Limited {
		t.Errorf("got kind %v, want Limited", got)
	}
	if errSample.RetryAfter != 0 || errSample.Words != "sample_limited" || errSample.Args != nil || errSample.Fields != nil || errSample.Member("next") != "" {
		t.Errorf("a copy changed the original: %+v", errSample)
	}
}

func TestWhatIsNotAFaultIsInternal(t *testing.T) {
	t.Parallel()
	if got := fault.KindOf(errors.New("disk on fire")); got != fault.Internal {
		t.Errorf("got kind %v, want Internal", got)
	}
}

func TestTheLogHasTheCodeOnceAndTheCause(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"sample_limited":        errSample,
		"sample_limited.slower": errSample.WithWords("sample_limited.slower"),
		"sample_limited: cause": errSample.WithWords("sample_limited.slower").WithCause(errors.New("cause")),
		"sample_other":          errOther.WithWords("elsewhere"),
	} {
		if got := err.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
