// What scripts pass in, checked key by key.

package ledger

import (
	"encoding/json"
	"reflect"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/history"
)

func parseInvocation(argument sobek.Value) (history.Invocation, error) {
	var invocation history.Invocation
	err := eachKey("begin", argument, func(key string, value sobek.Value) (err error) {
		switch key {
		case "f":
			invocation.F, err = text(key, value)
		case "key":
			invocation.Key, err = text(key, value)
		case "stage":
			invocation.Stage, err = text(key, value)
		case "value":
			invocation.Value, err = encodeValue(value)
		default:
			err = errorf(unknownKey, "begin knows no key %q; it takes f, key, stage and value", key)
		}
		return err
	})
	if err == nil && (invocation.F == "" || invocation.Key == "") {
		err = errorf(invalidArgument, "begin needs f and key")
	}
	return invocation, err
}

func parseFailure(argument sobek.Value) (history.Failure, error) {
	var failure history.Failure
	err := eachKey("a failure", argument, func(key string, value sobek.Value) (err error) {
		switch key {
		case "code":
			failure.Code, err = text(key, value)
		case "message":
			failure.Message, err = text(key, value)
		default:
			err = errorf(unknownKey, "a failure has no key %q; it has code and message", key)
		}
		return err
	})
	if err == nil && failure.Code == "" {
		err = errorf(invalidArgument, "a failure needs a code")
	}
	return failure, err
}

// eachKey visits the keys of a plain object that are not undefined.
func eachKey(owner string, argument sobek.Value, visit func(string, sobek.Value) error) error {
	object, ok := argument.(*sobek.Object)
	if !ok || object.ClassName() != "Object" {
		return errorf(invalidArgument, "%s takes an object, not %s", owner, describe(argument))
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

func text(key string, value sobek.Value) (string, error) {
	if !sobek.IsString(value) {
		return "", errorf(invalidArgument, "%s takes text, not %s", key, describe(value))
	}
	return value.String(), nil
}

// encodeValue gives the JSON text of a value, and nil for undefined. Objects are written as JSON.stringify would.
func encodeValue(value sobek.Value) (json.RawMessage, error) {
	if sobek.IsUndefined(value) {
		return nil, nil
	}
	if object, ok := value.(*sobek.Object); ok && object.ClassName() != "Function" {
		encoded, err := object.MarshalJSON()
		if err != nil {
			return nil, errorf(invalidArgument, "a value has no JSON form: %v", err)
		}
		return encoded, nil
	}
	if isJSONPrimitive(value) {
		return json.Marshal(value.Export())
	}
	return nil, errorf(invalidArgument, "%s has no JSON form", describe(value))
}

func isJSONPrimitive(value sobek.Value) bool {
	if sobek.IsNumber(value) {
		return !sobek.IsNaN(value) && !sobek.IsInfinity(value)
	}
	return sobek.IsNull(value) || sobek.IsString(value) || value.ExportType().Kind() == reflect.Bool
}

func atMost(count int, function string, call sobek.FunctionCall) error {
	if len(call.Arguments) > count {
		return errorf(invalidArgument, "%s takes at most %d arguments, not %d", function, count, len(call.Arguments))
	}
	return nil
}

const shownCharacters = 40

// describe shows a wrong value in a message, without running code of the script.
func describe(value sobek.Value) string {
	if object, ok := value.(*sobek.Object); ok {
		return "an object (" + object.ClassName() + ")"
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
