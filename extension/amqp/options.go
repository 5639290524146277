// The options of a client.

package amqp

import (
	"net/url"
	"strconv"
	"time"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// Whole-number bounds of options.
const (
	maxMs       = 24 * 60 * 60 * 1000
	maxChannels = 2047 // per connection, RabbitMQ's own limit
	maxPool     = 10000
	maxWindow   = 1_000_000
	plainPort   = 5672
	securePort  = 5671
)

// clientOptions are comparable by reflect.DeepEqual: equal options mean the same connection.
type clientOptions struct {
	addresses        []client.Address
	credentials      client.Credentials
	vhost, name      string
	heartbeatMs      int
	connectTimeoutMs int
	backoffInitialMs int
	backoffMaxMs     int
	spread           bool
	tls              tlsOptions
	pool             poolOptions
}

// poolOptions share connections between the virtual users of a process. A pool without a name is none.
type poolOptions struct {
	name                  string
	connections, channels int
}

func defaultOptions() clientOptions {
	return clientOptions{
		vhost: "/", name: "k6", heartbeatMs: 5000, connectTimeoutMs: 10_000, backoffInitialMs: 100, backoffMaxMs: 5000,
		credentials: client.Credentials{User: "guest"},
	}
}

func (i *instance) parseClientOptions(argument sobek.Value) (clientOptions, error) {
	o := defaultOptions()
	var secret secretOptions
	err := script.Keys{
		"urls":             func(_ string, value sobek.Value) error { return o.parseURLs(value) },
		"user":             script.Text(&o.credentials.User),
		"password":         secret.value(&secret.password),
		"passwordFrom":     script.Text(&secret.from),
		"vhost":            script.Text(&o.vhost),
		"name":             script.Text(&o.name),
		"heartbeatMs":      script.Whole(&o.heartbeatMs, 1000, 60_000),
		"connectTimeoutMs": script.Whole(&o.connectTimeoutMs, 1, maxMs),
		"reconnect":        func(_ string, value sobek.Value) error { return o.parseReconnect(value) },
		"failover":         func(_ string, value sobek.Value) error { return o.parseFailover(value) },
		"tls":              func(_ string, value sobek.Value) error { return o.tls.parse(value) },
		"pool":             func(_ string, value sobek.Value) error { return o.pool.parse(value) },
	}.ParseRequired("client", argument)
	if err != nil {
		return o, err
	}
	if len(o.addresses) == 0 {
		return o, script.Errorf(script.InvalidArgument, "client needs urls: at least one amqp:// or amqps:// address")
	}
	if o.tls.given && !o.usesTLS() {
		return o, script.Errorf(script.InvalidArgument, "tls is given, but no url begins with amqps://")
	}
	o.credentials.Password, err = i.resolveSecret(secret)
	return o, err
}

func (o *clientOptions) usesTLS() bool {
	for _, address := range o.addresses {
		if address.TLS {
			return true
		}
	}
	return false
}

func (o *clientOptions) parseURLs(value sobek.Value) error {
	var texts []string
	if object, ok := value.(*sobek.Object); !ok || object.ClassName() != "Array" {
		return script.Errorf(script.InvalidArgument, "urls takes an array of texts")
	}
	for index, element := range value.Export().([]any) {
		text, ok := element.(string)
		if !ok {
			return script.Errorf(script.InvalidArgument, "urls[%d] is no text", index)
		}
		texts = append(texts, text)
	}
	for index, text := range texts {
		address, err := parseURL(index, text)
		if err != nil {
			return err
		}
		o.addresses = append(o.addresses, address)
	}
	return nil
}

// parseURL shows nothing of what it refuses: there may be a password in it.
func parseURL(index int, text string) (client.Address, error) {
	refuse := func(code, why string) (client.Address, error) {
		return client.Address{}, script.Errorf(code, "urls[%d] %s", index, why)
	}
	parsed, err := url.Parse(text)
	switch {
	case err != nil, parsed.Hostname() == "", parsed.Scheme != "amqp" && parsed.Scheme != "amqps":
		return refuse(script.InvalidArgument, "is not of the form amqp://host:port or amqps://host:port")
	case parsed.User != nil:
		return refuse(credentials, "holds a user name or a password; give them as user and password, or passwordFrom, "+
			"so that the address can be shown")
	case parsed.Path != "" && parsed.Path != "/", parsed.RawQuery != "", parsed.Fragment != "":
		return refuse(script.InvalidArgument, "has more than host and port; give the virtual host as vhost")
	}
	address := client.Address{Host: parsed.Hostname(), Port: plainPort, TLS: parsed.Scheme == "amqps"}
	if address.TLS {
		address.Port = securePort
	}
	if parsed.Port() != "" {
		if address.Port, err = strconv.Atoi(parsed.Port()); err != nil || address.Port < 1 || address.Port > 65535 {
			return refuse(script.InvalidArgument, "has no port between 1 and 65535")
		}
	}
	return address, nil
}

func (o *clientOptions) parseReconnect(value sobek.Value) error {
	return script.Keys{
		"initialMs": script.Whole(&o.backoffInitialMs, 1, maxMs),
		"maxMs":     script.Whole(&o.backoffMaxMs, 1, maxMs),
	}.ParseRequired("reconnect", value)
}

func (o *clientOptions) parseFailover(value sobek.Value) error {
	switch {
	case sobek.IsString(value) && value.String() == "ordered":
		o.spread = false
	case sobek.IsString(value) && value.String() == "spread":
		o.spread = true
	default:
		return script.Errorf(script.InvalidArgument, `failover is "ordered" or "spread", not %s`, script.Describe(value))
	}
	return nil
}

func (p *poolOptions) parse(value sobek.Value) error {
	p.connections, p.channels = 1, 1
	err := script.Keys{
		"name":        script.Text(&p.name),
		"connections": script.Whole(&p.connections, 1, maxPool),
		"channels":    script.Whole(&p.channels, 1, maxChannels),
	}.ParseRequired("pool", value)
	if err == nil && p.name == "" {
		return script.Errorf(script.InvalidArgument, "a pool needs a name")
	}
	return err
}

// config is what a link of this client is made of; number tells the connections of a process apart.
func (o *clientOptions) config(number int, dial client.DialFunc) (client.Config, error) {
	secured, err := o.tls.config()
	if err != nil {
		return client.Config{}, err
	}
	first := 0
	if o.spread {
		first = number
	}
	return client.Config{
		Addresses: o.addresses, First: first, Credentials: o.credentials, VirtualHost: o.vhost, Name: o.name,
		Heartbeat: milliseconds(o.heartbeatMs), ConnectTimeout: milliseconds(o.connectTimeoutMs), TLS: secured, Dial: dial,
		Backoff: client.Backoff{Initial: milliseconds(o.backoffInitialMs), Max: milliseconds(o.backoffMaxMs)},
	}, nil
}

func milliseconds(count int) time.Duration { return time.Duration(count) * time.Millisecond }
