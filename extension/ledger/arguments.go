// What scripts pass in, checked key by key.

package ledger

import (
	"encoding/json"
	"reflect"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/script"
)

func parseInvocation(argument sobek.Value) (history.Invocation, error) {
	var invocation history.Invocation
	err := script.EachKey("begin", argument, func(key string, value sobek.Value) (err error) {
		switch key {
		case "f":
			err = script.SetText(&invocation.F, key, value)
		case "key":
			err = script.SetText(&invocation.Key, key, value)
		case "stage":
			err = script.SetText(&invocation.Stage, key, value)
		case "value":
			invocation.Value, err = encodeValue(value)
		default:
			err = script.Unknown("begin", key, "f, key, stage, value")
		}
		return err
	})
	if err == nil && (invocation.F == "" || invocation.Key == "") {
		err = script.Errorf(script.InvalidArgument, "begin needs f and key")
	}
	return invocation, err
}

func parseFailure(argument sobek.Value) (history.Failure, error) {
	var failure history.Failure
	err := script.Keys{
		"code":    script.Text(&failure.Code),
		"message": script.Text(&failure.Message),
	}.ParseRequired("a failure", argument)
	if err == nil && failure.Code == "" {
		err = script.Errorf(script.InvalidArgument, "a failure needs a code")
	}
	return failure, err
}

// encodeValue gives the JSON text of a value, and nil for undefined. Objects are written as JSON.stringify would.
func encodeValue(value sobek.Value) (json.RawMessage, error) {
	if sobek.IsUndefined(value) {
		return nil, nil
	}
	if object, ok := value.(*sobek.Object); ok && object.ClassName() != "Function" {
		encoded, err := object.MarshalJSON()
		if err != nil {
			return nil, script.Errorf(script.InvalidArgument, "a value has no JSON form: %v", err)
		}
		return encoded, nil
	}
	if isJSONPrimitive(value) {
		return json.Marshal(value.Export())
	}
	return nil, script.Errorf(script.InvalidArgument, "%s has no JSON form", script.Describe(value))
}

func isJSONPrimitive(value sobek.Value) bool {
	if sobek.IsNumber(value) {
		return !sobek.IsNaN(value) && !sobek.IsInfinity(value)
	}
	return sobek.IsNull(value) || sobek.IsString(value) || value.ExportType().Kind() == reflect.Bool
}
