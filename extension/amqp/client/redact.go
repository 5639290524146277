// What keeps passwords out of texts.

package client

import (
	"net/url"
	"strings"
)

const redacted = "***"

// Redact replaces the password in a text, as it is and percent-encoded in either way.
func (c Credentials) Redact(text string) string {
	if c.Password == "" {
		return text
	}
	for _, form := range []string{c.Password, url.QueryEscape(c.Password), url.PathEscape(c.Password)} {
		text = replaceFold(text, form)
	}
	return text
}

// replaceFold disregards case, because percent-encoding is written with capitals by some and without by others.
func replaceFold(text, secret string) string {
	lower := asciiLower(secret)
	for from := 0; ; {
		at := strings.Index(asciiLower(text[from:]), lower)
		if at < 0 {
			return text
		}
		at += from
		text = text[:at] + redacted + text[at+len(secret):]
		from = at + len(redacted)
	}
}

// asciiLower keeps every byte where it is, which strings.ToLower does not.
func asciiLower(text string) string {
	lower := []byte(text)
	for at, b := range lower {
		if 'A' <= b && b <= 'Z' {
			lower[at] = b + 'a' - 'A'
		}
	}
	return string(lower)
}
