// Passwords: given by the script, or by a reference that is resolved here, so that the script never has them.

package amqp

import (
	"os"
	"strings"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/script"
)

type secretOptions struct {
	password, from string
}

// value stores a secret text. It never shows what it refuses.
func (secretOptions) value(target *string) func(string, sobek.Value) error {
	return func(key string, value sobek.Value) error {
		if !sobek.IsString(value) {
			return script.Errorf(script.InvalidArgument, "%s takes text", key)
		}
		*target = value.String()
		return nil
	}
}

func (i *instance) resolveSecret(secret secretOptions) (string, error) {
	switch {
	case secret.from == "" && secret.password == "":
		return "guest", nil // RabbitMQ's own default, which it accepts from its own machine only
	case secret.from == "":
		return secret.password, nil
	case secret.password != "":
		return "", script.Errorf(script.InvalidArgument, "give password or passwordFrom, not both")
	}
	kind, name, _ := strings.Cut(secret.from, ":")
	var value string
	switch kind {
	case "env":
		value = os.Getenv(name)
	case "file":
		content, err := os.ReadFile(name) //nolint:gosec // the script names the file, and may read any
		if err != nil {
			return "", script.Errorf(credentials, "passwordFrom: the file %s cannot be read", name)
		}
		value = strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r")
	case "secret":
		return i.k6Secret(name)
	default:
		return "", script.Errorf(script.InvalidArgument, "passwordFrom begins with env:, file: or secret:")
	}
	if value == "" {
		return "", script.Errorf(credentials, "passwordFrom: %s is not set or empty", secret.from)
	}
	return value, nil
}

// k6Secret asks the secret sources of k6: "key", or "source/key".
func (i *instance) k6Secret(name string) (string, error) {
	if i.vu.InitEnv() == nil || i.vu.InitEnv().SecretsManager == nil {
		return "", script.Errorf(initContext, "passwordFrom: secret: works in the init context, with --secret-source")
	}
	source, key, found := strings.Cut(name, "/")
	if !found {
		source, key = "", name
	}
	value, err := i.vu.InitEnv().SecretsManager.Get(source, key)
	if err != nil {
		return "", script.Errorf(credentials, "passwordFrom: no secret source of k6 has %q", name)
	}
	return value, nil
}
