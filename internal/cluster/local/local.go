// Package local is the cluster of one process: what instances tell each other
// stays in memory. It is what the embedded form runs with, and what several
// instances on one database fall back to without Redis; they then learn of
// revocations by looking at SQL every half second, and count rate limits each
// for itself.
//
// [Feed] hands news to every subscriber in the process. [Buckets] are rate
// limits by the generic cell rate algorithm, one time stamp per key. [Handout]
// is a bounded queue of job ids.
//
// Everything is bounded. A subscriber that does not keep up loses news, a queue
// that is full loses ids, and buckets beyond the bound forget the key that has
// spent least; the ports allow all of that, and nothing here blocks the caller
// who tells. Nothing survives the process, and nothing here is needed to: SQL
// has it all.
package local
