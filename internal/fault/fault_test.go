package fault_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

var (
	errSample = fault.New(fault.Limited, "sample_limited", "Too many.")
	errOther  = fault.New(fault.Limited, "sample_other", "Too many others.")
)

func TestCopiesStayTheSameFault(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	err := fmt.Errorf("try: %w", errSample.WithCause(cause).WithRetryAfter(time.Minute).WithDetail("Slower.").
		WithFields(fault.Field{Field: "a", Message: "b"}).WithMember("next", "retry"))
	if !errors.Is(err, errSample) || !errors.Is(err, cause) || errors.Is(err, errOther) {
		t.Errorf("%v: is not the fault it was made from, or is another", err)
	}
	if got := fault.KindOf(err); got != fault.Limited {
		t.Errorf("got kind %v, want Limited", got)
	}
	if errSample.RetryAfter != 0 || errSample.Detail != "Too many." || errSample.Fields != nil || errSample.Member("next") != "" {
		t.Errorf("a copy changed the original: %+v", errSample)
	}
}

func TestWhatIsNotAFaultIsInternal(t *testing.T) {
	t.Parallel()
	if got := fault.KindOf(errors.New("disk on fire")); got != fault.Internal {
		t.Errorf("got kind %v, want Internal", got)
	}
}
