// What scripts pass in.

package script

import (
	"math"
	"reflect"
	"sort"
	"strings"

	"github.com/grafana/sobek"
)

// The codes of what a script does wrong.
const (
	InvalidArgument = "invalid_argument"
	UnknownKey      = "unknown_key"
)

// Keys are the keys that an object may have, each with what to do with its value.
type Keys map[string]func(key string, value sobek.Value) error

// Parse visits the keys of a plain object that are not undefined, and refuses any that keys does not name. An argument
// that is undefined is an object without keys, unless it is required.
func (k Keys) Parse(owner string, argument sobek.Value) error {
	if argument == nil || sobek.IsUndefined(argument) {
		return nil
	}
	return k.ParseRequired(owner, argument)
}

// ParseRequired is Parse for an argument that must be given.
func (k Keys) ParseRequired(owner string, argument sobek.Value) error {
	return EachKey(owner, argument, func(key string, value sobek.Value) error {
		if visit, known := k[key]; known {
			return visit(key, value)
		}
		return Unknown(owner, key, k.list())
	})
}

// EachKey visits the keys of a plain object that are not undefined. It is for what is called so often that making Keys
// each time would cost too much.
func EachKey(owner string, argument sobek.Value, visit func(key string, value sobek.Value) error) error {
	object, ok := argument.(*sobek.Object)
	if !ok || object.ClassName() != "Object" {
		return Errorf(InvalidArgument, "%s takes an object, not %s", owner, Describe(argument))
	}
	for _, key := range object.Keys() {
		value := object.Get(key)
		if sobek.IsUndefined(value) {
			continue
		}
		if err := visit(key, value); err != nil {
			return err
		}
	}
	return nil
}

// Unknown is the error for a key that an object may not have.
func Unknown(owner, key, known string) error {
	return Errorf(UnknownKey, "%s knows no key %q; it takes %s", owner, key, known)
}

func (k Keys) list() string {
	names := make([]string, 0, len(k))
	for name := range k {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}

// Text stores a string.
func Text(target *string) func(string, sobek.Value) error {
	return func(key string, value sobek.Value) error { return SetText(target, key, value) }
}

// SetText is what Text makes.
func SetText(target *string, key string, value sobek.Value) error {
	if !sobek.IsString(value) {
		return Errorf(InvalidArgument, "%s takes text, not %s", key, Describe(value))
	}
	*target = value.String()
	return nil
}

// Flag stores a boolean.
func Flag(target *bool) func(string, sobek.Value) error {
	return func(key string, value sobek.Value) error { return SetFlag(target, key, value) }
}

// SetFlag is what Flag makes.
func SetFlag(target *bool, key string, value sobek.Value) error {
	if value.ExportType() == nil || value.ExportType().Kind() != reflect.Bool {
		return Errorf(InvalidArgument, "%s takes true or false, not %s", key, Describe(value))
	}
	*target = value.ToBoolean()
	return nil
}

// Whole stores a whole number from least to most.
func Whole(target *int, least, most int) func(string, sobek.Value) error {
	return func(key string, value sobek.Value) error { return SetWhole(target, least, most, key, value) }
}

// SetWhole is what Whole makes.
func SetWhole(target *int, least, most int, key string, value sobek.Value) error {
	if !sobek.IsNumber(value) {
		return Errorf(InvalidArgument, "%s takes a whole number from %d to %d, not %s", key, least, most, Describe(value))
	}
	number := value.ToFloat()
	if number != math.Trunc(number) || number < float64(least) || number > float64(most) {
		return Errorf(InvalidArgument, "%s takes a whole number from %d to %d, not %s", key, least, most, Describe(value))
	}
	*target = int(number)
	return nil
}

// AtMost refuses arguments that a function does not have.
func AtMost(count int, function string, call sobek.FunctionCall) error {
	if len(call.Arguments) > count {
		return Errorf(InvalidArgument, "%s takes at most %d arguments, not %d", function, count, len(call.Arguments))
	}
	return nil
}

const shownCharacters = 40

// Describe shows a wrong value in a message, without running code of the script.
func Describe(value sobek.Value) string {
	if object, ok := value.(*sobek.Object); ok {
		return "an object (" + object.ClassName() + ")"
	}
	if value == nil {
		return "undefined"
	}
	shown := []rune(value.String())
	if len(shown) > shownCharacters {
		return string(shown[:shownCharacters]) + "…"
	}
	if sobek.IsString(value) {
		return `"` + string(shown) + `"`
	}
	return string(shown)
}
