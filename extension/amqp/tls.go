// TLS options: certificates as PEM text, or as file:<path>.

package amqp

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"strings"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/script"
)

type tlsOptions struct {
	given              bool
	ca, cert, key      string
	serverName         string
	insecureSkipVerify bool
}

func (o *tlsOptions) parse(value sobek.Value) error {
	o.given = true
	err := script.Keys{
		"ca":                 pemText(&o.ca),
		"cert":               pemText(&o.cert),
		"key":                pemText(&o.key),
		"serverName":         script.Text(&o.serverName),
		"insecureSkipVerify": script.Flag(&o.insecureSkipVerify),
	}.ParseRequired("tls", value)
	if err == nil && (o.cert == "") != (o.key == "") {
		return script.Errorf(script.InvalidArgument, "tls takes cert and key together")
	}
	if err == nil {
		_, err = o.config()
	}
	return err
}

// pemText stores PEM text. It never shows what it refuses: that may be a private key.
func pemText(target *string) func(string, sobek.Value) error {
	return func(key string, value sobek.Value) error {
		if !sobek.IsString(value) {
			return script.Errorf(script.InvalidArgument, "tls.%s takes PEM text or file:<path>", key)
		}
		*target = value.String()
		path, isFile := strings.CutPrefix(*target, "file:")
		if !isFile {
			return nil
		}
		content, err := os.ReadFile(path) //nolint:gosec // the script names the file, and may read any
		if err != nil {
			return script.Errorf(script.InvalidArgument, "tls.%s: the file %s cannot be read", key, path)
		}
		*target = string(content)
		return nil
	}
}

func (o *tlsOptions) config() (*tls.Config, error) {
	config := &tls.Config{
		MinVersion: tls.VersionTLS12, ServerName: o.serverName,
		InsecureSkipVerify: o.insecureSkipVerify, //nolint:gosec // only when the script says so in so many words
	}
	if o.ca != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(o.ca)) {
			return nil, script.Errorf(script.InvalidArgument, "tls.ca holds no certificate in PEM form")
		}
	}
	if o.cert != "" {
		pair, err := tls.X509KeyPair([]byte(o.cert), []byte(o.key))
		if err != nil {
			return nil, script.Errorf(script.InvalidArgument, "tls.cert and tls.key are no pair in PEM form")
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}
