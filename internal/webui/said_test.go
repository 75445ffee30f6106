package webui

import "github.com/sallyport-auth/sallyport/internal/words"

// english is what the English pages say at key. Tests name the key, so that a text
// is free to be improved.
func english(key string, pairs ...string) string {
	return words.ForPrograms().Text(key, pairs...)
}
