// Header values and arguments, between JavaScript and AMQP.

package amqp

import (
	"math"
	"math/big"
	"time"

	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"

	"github.com/stampede-load/stampede/extension/script"
)

const (
	// maxDepth of tables and arrays in each other; a cycle is deeper than any.
	maxDepth = 16
	// maxShortText is what AMQP gives to names and keys, in bytes.
	maxShortText = 255
	// maxSafeInteger is the largest whole number that JavaScript counts exactly.
	maxSafeInteger = 1<<53 - 1
)

// toTable makes an AMQP table from a plain object. Whole numbers become 32-bit integers if they fit and 64-bit ones if
// not, other numbers 64-bit floats, dates seconds, ArrayBuffers and Uint8Arrays bytes.
func toTable(owner string, value sobek.Value, depth int) (amqp091.Table, error) {
	object, ok := value.(*sobek.Object)
	if !ok || object.ClassName() != "Object" {
		return nil, script.Errorf(script.InvalidArgument, "%s takes an object, not %s", owner, script.Describe(value))
	}
	if depth > maxDepth {
		return nil, script.Errorf(script.InvalidArgument, "%s is deeper than %d levels", owner, maxDepth)
	}
	table := amqp091.Table{}
	for _, key := range object.Keys() {
		if len(key) > maxShortText {
			return nil, script.Errorf(script.InvalidArgument, "%s has a key of more than %d bytes", owner, maxShortText)
		}
		member := object.Get(key)
		if sobek.IsUndefined(member) {
			continue
		}
		field, err := toField(owner+"."+key, member, depth+1)
		if err != nil {
			return nil, err
		}
		table[key] = field
	}
	return table, nil
}

func toField(owner string, value sobek.Value, depth int) (any, error) {
	if object, ok := value.(*sobek.Object); ok {
		return toCompound(owner, object, depth)
	}
	switch exported := value.Export().(type) {
	case nil, bool, string:
		return exported, nil
	case int64:
		return toNumber(float64(exported)), nil
	case float64:
		return toNumber(exported), nil
	case *big.Int:
		if exported.IsInt64() {
			return exported.Int64(), nil
		}
	}
	return nil, script.Errorf(script.InvalidArgument, "%s: %s has no form in AMQP", owner, script.Describe(value))
}

// toNumber: RabbitMQ wants 32-bit integers in arguments, if they fit. What JavaScript does not count exactly is a float.
func toNumber(number float64) any {
	switch {
	case number != math.Trunc(number), math.Abs(number) > maxSafeInteger:
		return number
	case math.MinInt32 <= number && number <= math.MaxInt32:
		return int32(number)
	default:
		return int64(number)
	}
}

func toCompound(owner string, object *sobek.Object, depth int) (any, error) {
	if bytes, ok := toBytes(object); ok {
		return bytes, nil
	}
	switch object.ClassName() {
	case "Object":
		return toTable(owner, object, depth)
	case "Array":
		return toArray(owner, object, depth)
	case "Date":
		if at, ok := object.Export().(time.Time); ok {
			return at, nil
		}
	}
	return nil, script.Errorf(script.InvalidArgument, "%s: %s has no form in AMQP", owner, script.Describe(object))
}

func toArray(owner string, object *sobek.Object, depth int) (any, error) {
	if depth > maxDepth {
		return nil, script.Errorf(script.InvalidArgument, "%s is deeper than %d levels", owner, maxDepth)
	}
	length := object.Get("length").ToInteger()
	array := make([]any, 0, min(length, 1024))
	for index := range length {
		element := object.Get(big.NewInt(index).String())
		if element == nil || sobek.IsUndefined(element) {
			element = sobek.Null()
		}
		field, err := toField(owner, element, depth+1)
		if err != nil {
			return nil, err
		}
		array = append(array, field)
	}
	return array, nil
}

// isBinary tells bytes from plain objects, which have the same class.
func isBinary(object *sobek.Object) bool {
	switch object.Export().(type) {
	case sobek.ArrayBuffer, []byte:
		return true
	default:
		return false
	}
}

// toBytes copies: the script may change its buffer while the message is on its way.
func toBytes(object *sobek.Object) ([]byte, bool) {
	switch exported := object.Export().(type) {
	case sobek.ArrayBuffer:
		if exported.Detached() {
			return nil, false
		}
		return append([]byte{}, exported.Bytes()...), true
	case []byte:
		return append([]byte{}, exported...), true
	default:
		return nil, false
	}
}

// fromTable makes a plain object. Integers beyond what JavaScript counts exactly become BigInts, timestamps Dates,
// bytes ArrayBuffers, decimals numbers.
func fromTable(rt *sobek.Runtime, table amqp091.Table) sobek.Value {
	object := rt.NewObject()
	for key, field := range table {
		// defined, not set: "__proto__" is a header like any other.
		_ = object.DefineDataProperty(key, fromField(rt, field), sobek.FLAG_TRUE, sobek.FLAG_TRUE, sobek.FLAG_TRUE)
	}
	return object
}

func fromField(rt *sobek.Runtime, field any) sobek.Value {
	switch value := field.(type) {
	case nil:
		return sobek.Null()
	case amqp091.Table:
		return fromTable(rt, value)
	case []any:
		array := make([]any, len(value))
		for index, element := range value {
			array[index] = fromField(rt, element)
		}
		return rt.NewArray(array...)
	case []byte:
		return rt.ToValue(rt.NewArrayBuffer(append([]byte{}, value...)))
	case time.Time:
		return newDate(rt, value)
	case amqp091.Decimal:
		return rt.ToValue(float64(value.Value) / math.Pow10(int(value.Scale)))
	case int64:
		return fromInteger(rt, value)
	case float32:
		return rt.ToValue(float64(value))
	default:
		return rt.ToValue(value)
	}
}

func fromInteger(rt *sobek.Runtime, value int64) sobek.Value {
	if value > maxSafeInteger || value < -maxSafeInteger {
		return rt.ToValue(big.NewInt(value))
	}
	return rt.ToValue(value)
}

func newDate(rt *sobek.Runtime, at time.Time) sobek.Value {
	date, err := rt.New(rt.GlobalObject().Get("Date"), rt.ToValue(at.UnixMilli()))
	if err != nil {
		return rt.ToValue(at.UnixMilli())
	}
	return date
}
