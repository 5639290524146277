// The lines of operations, encoded by hand.

package history

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// Version of the line format, as in lib/model/history.ts.
const Version = 1

// Origin says who writes a history.
type Origin struct {
	// Run and Generator name the run and this process within it.
	Run, Generator string
	// Tool is the writing tool and its version.
	Tool string
}

type kind uint8

const (
	kindInvoke kind = iota
	kindOK
	kindFail
	kindInfo
	kindCount
)

var kindNames = [kindCount]string{"invoke", "ok", "fail", "info"}

// line is one invoke or completion. Duration and failure belong to completions.
type line struct {
	kind      kind
	operation *Operation
	value     json.RawMessage
	time      Micros
	duration  Micros
	failure   *Failure
}

// prefix is how every line of this origin begins.
func (o Origin) prefix() []byte {
	dst := append([]byte(`{"v":`), strconv.Itoa(Version)...)
	dst = appendText(dst, `,"run":`, o.Run)
	return appendText(dst, `,"generator":`, o.Generator)
}

// appendLine is written by hand because it runs under the writer's lock, for each operation twice.
func appendLine(dst, prefix []byte, l line) []byte {
	op := l.operation
	dst = append(dst, prefix...)
	dst = appendText(dst, `,"type":`, kindNames[l.kind])
	dst = appendText(dst, `,"process":`, op.invocation.Process)
	dst = append(dst, `,"seq":`...)
	dst = strconv.AppendInt(dst, op.seq, 10)
	dst = appendText(dst, `,"f":`, op.invocation.F)
	dst = appendText(dst, `,"key":`, op.invocation.Key)
	if op.invocation.Stage != "" {
		dst = appendText(dst, `,"stage":`, op.invocation.Stage)
	}
	if l.value != nil {
		dst = append(dst, `,"value":`...)
		dst = append(dst, l.value...)
	}
	dst = append(dst, `,"timeMs":`...)
	dst = appendMs(dst, l.time)
	if l.kind != kindInvoke {
		dst = append(dst, `,"durationMs":`...)
		dst = appendMs(dst, l.duration)
	}
	return append(appendFailure(dst, l.failure), '}', '\n')
}

func appendFailure(dst []byte, failure *Failure) []byte {
	if failure == nil {
		return dst
	}
	dst = appendText(dst, `,"error":{"code":`, failure.Code)
	if failure.Message != "" {
		dst = appendText(dst, `,"message":`, failure.Message)
	}
	return append(dst, '}')
}

func appendText(dst []byte, label, text string) []byte {
	dst = append(dst, label...)
	if isPlain(text) {
		dst = append(dst, '"')
		dst = append(dst, text...)
		return append(dst, '"')
	}
	// A string always has a JSON form: bytes that are not UTF-8 become U+FFFD.
	escaped, _ := json.Marshal(text)
	return append(dst, escaped...)
}

func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
