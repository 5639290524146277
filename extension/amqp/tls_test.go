package amqp

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

// tlsFront is TLS before a broker; it demands a client certificate.
type tlsFront struct {
	address       string
	ca, cert, key string
}

func startTLS(t *testing.T, broker *fakebroker.Broker) tlsFront {
	t.Helper()
	// The certificate that Go's own HTTP tests use: for 127.0.0.1 and example.com, signed by itself.
	server := httptest.NewTLSServer(nil)
	pair := server.TLS.Certificates[0]
	server.Close()
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	require.NoError(t, err)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAnyClientCert,
	})
	require.NoError(t, err)
	var running sync.WaitGroup
	running.Go(func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", broker.Address())
			if err != nil {
				_ = from.Close()
				return
			}
			for _, pass := range [][2]net.Conn{{from, to}, {to, from}} {
				running.Go(func() {
					_, _ = io.Copy(pass[0], pass[1])
					_, _ = from.Close(), to.Close()
				})
			}
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		broker.DropAll()
		running.Wait()
	})
	certificate := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}))
	return tlsFront{
		address: listener.Addr().String(), ca: certificate, cert: certificate,
		key: string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
	}
}

func TestTLSTrustsItsCAAloneAndShowsTheClientsCertificate(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	ackAll(t, broker)
	front := startTLS(t, broker)
	u := newUser(t, broker.Address())
	require.NoError(t, u.runtime.VU.Runtime().Set("tls", map[string]any{
		"url": "amqps://" + front.address, "ca": front.ca, "cert": front.cert, "key": front.key,
	}))
	result := u.iteration(t, `
		const { url, ca, cert, key } = tls;
		const words = [];
		for (const options of [
			{ ca, cert, key }, { ca, cert, key, serverName: 'example.com' }, { cert, key, insecureSkipVerify: true },
			{ cert, key }, { ca, cert, key, serverName: 'example.org' }, { ca },
		]) {
			const other = amqp.client({ urls: [url], tls: options });
			try {
				await other.connect({ timeoutMs: 500 });
				words.push((await other.channel().publish({ routingKey: 'q', body: 'x' })).kind);
			} catch (e) { words.push(e.message.replace(/.*: (tls|TLS|x509|remote)/, '$1')); }
			await other.close();
		}
		return words`).([]any)
	require.Equal(t, []any{"acked", "acked", "acked"}, result[:3])
	require.Contains(t, result[3], "unknown authority")
	require.Contains(t, result[4], "example.org")
	require.Len(t, result, 6)
	require.NotEqual(t, "acked", result[5], "without a client certificate")
}
