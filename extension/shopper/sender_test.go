package shopper

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grafana/sobek"
	logtest "github.com/sirupsen/logrus/hooks/test"
	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/js/modulestest"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
	"gopkg.in/guregu/null.v3"
)

// sending is a virtual user with a sender `send` of 200 ms, a platform `url`, and what was measured.
type sending struct {
	runtime *modulestest.Runtime
	samples chan metrics.SampleContainer
}

func newSending(t *testing.T, platform http.HandlerFunc) *sending {
	t.Helper()
	server := httptest.NewServer(platform)
	t.Cleanup(server.Close)
	runtime := newShopper(t)
	state := enterScenario(runtime, time.Now())
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	samples := make(chan metrics.SampleContainer, 100)
	state.CookieJar, state.Samples, state.Transport = jar, samples, server.Client().Transport
	state.BufferPool = lib.NewBufferPool()
	state.Logger, _ = logtest.NewNullLogger()
	state.BuiltinMetrics = metrics.RegisterBuiltinMetrics(metrics.NewRegistry())
	state.Options = lib.Options{
		UserAgent:  null.StringFrom("k6"),
		SystemTags: metrics.NewSystemTagSet(metrics.TagName, metrics.TagStatus),
	}
	rt := runtime.VU.Runtime()
	require.NoError(t, rt.Set("url", server.URL))
	_, err = rt.RunString(`const send = shopper.sender(200, { 'content-type': 'application/json', 'x-tenant': 'a', host: 'shop.test' })`)
	require.NoError(t, err)
	return &sending{runtime, samples}
}

func (s *sending) run(t *testing.T, script string) map[string]any {
	t.Helper()
	answer, err := s.runtime.VU.Runtime().RunString(script)
	require.NoError(t, err)
	return answer.(*sobek.Object).Export().(map[string]any)
}

func TestARequestCarriesItsHeadersAndItsBodyAndGivesTheAnswer(t *testing.T) {
	t.Parallel()
	s := newSending(t, func(response http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		for name, value := range map[string]string{
			"Content-Type": "application/json", "X-Tenant": "a", "User-Agent": "k6",
		} {
			require.Equal(t, value, request.Header.Get(name))
		}
		require.Equal(t, "shop.test", request.Host)
		response.WriteHeader(http.StatusAccepted)
		_, _ = response.Write([]byte(request.Method + " " + request.URL.Path + " " + string(body)))
	})
	require.Equal(t,
		map[string]any{"status": int64(202), "body": `POST /a {"b":"ü"}`, "errorCode": int64(0), "errorText": ""},
		s.run(t, `send('complete', 'POST', url + '/a', '{"b":"ü"}')`))
	require.Equal(t, "GET /a ", s.run(t, `send('poll', 'GET', url + '/a', null)`)["body"])
}

func TestTheStepIsTheTagOfWhatIsMeasured(t *testing.T) {
	t.Parallel()
	s := newSending(t, func(http.ResponseWriter, *http.Request) {})
	s.run(t, `send('complete', 'POST', url + '/order-1', null)`)
	for _, sample := range (<-s.samples).GetSamples() {
		tags := sample.Tags.Map()
		require.Equal(t, map[string]string{"step": "complete", "name": "complete", "status": "200"}, tags)
	}
	_, tagged := s.runtime.VU.State().Tags.GetCurrentValues().Tags.Get("step")
	require.False(t, tagged, "the next measurement of this user is of no step")
}

func TestARedirectIsAnAnswerAndCookiesAreKept(t *testing.T) {
	t.Parallel()
	s := newSending(t, func(response http.ResponseWriter, request *http.Request) {
		if _, err := request.Cookie("session"); err == nil {
			return
		}
		http.SetCookie(response, &http.Cookie{Name: "session", Value: "1"})
		http.Redirect(response, request, "/elsewhere", http.StatusFound)
	})
	require.EqualValues(t, 302, s.run(t, `send('a', 'GET', url, null)`)["status"])
	require.EqualValues(t, 200, s.run(t, `send('a', 'GET', url, null)`)["status"])
}

func TestWhatTheNetworkDoesIsAnAnswerToo(t *testing.T) {
	t.Parallel()
	s := newSending(t, func(_ http.ResponseWriter, request *http.Request) { <-request.Context().Done() })
	began := time.Now()
	timeout := s.run(t, `send('a', 'GET', url, null)`)
	require.Less(t, time.Since(began), 5*time.Second)
	require.EqualValues(t, 0, timeout["status"])
	require.EqualValues(t, 1050, timeout["errorCode"])
	require.Nil(t, timeout["body"])
	refused := s.run(t, `send('a', 'GET', 'http://127.0.0.1:1/', null)`)
	require.EqualValues(t, 1212, refused["errorCode"])
	require.Contains(t, refused["errorText"], "connection refused")
	unsendable := s.run(t, `send('a', 'GET', 'http://a/%zz', null)`)
	require.EqualValues(t, 0, unsendable["status"])
	require.EqualValues(t, 1020, unsendable["errorCode"])
	require.Nil(t, unsendable["body"])
}

func TestWhatIsNoTimeoutIsRefused(t *testing.T) {
	t.Parallel()
	for _, script := range []string{`shopper.sender()`, `shopper.sender(0, {})`, `shopper.sender(-1, {})`} {
		_, err := newShopper(t).VU.Runtime().RunString(script)
		require.ErrorContains(t, err, "needs a timeout", script)
	}
}

func TestTheInitContextSendsNothing(t *testing.T) {
	t.Parallel()
	_, err := newShopper(t).VU.Runtime().RunString(`shopper.sender(1, {})('a', 'GET', 'http://a', null)`)
	require.ErrorContains(t, err, "not in the init context")
}
