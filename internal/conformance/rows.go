package conformance

import "slices"

// Rows are all rows, in the order in which they are shown.
func Rows() []Row {
	return slices.Concat(
		accountRows(), refreshRows(), logoutRows(), resetRows(), scannerRows(), guessRows(),
		tokenRows(), enumerationRows(), timingRows(), redisRows(),
	)
}
