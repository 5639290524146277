// How a shopper sends its requests.

package shopper

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/js/common"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/lib/netext/httpext"
	"gopkg.in/guregu/null.v3"
)

const (
	stepTag = "step"
	nameTag = "name"
)

var errNoTimeout = errors.New("a sender needs a timeout in milliseconds, more than 0")

// sender has what the requests of one virtual user share. k6/http sends and measures them with the same function of k6, but it
// reads all of this from the script's objects for every request, and makes the whole answer an object of the script.
type sender struct {
	shopper *shopper
	timeout time.Duration
	headers http.Header
	host    string
}

func (s *shopper) sender(call sobek.FunctionCall) sobek.Value {
	timeoutMs := call.Argument(0).ToFloat()
	if !(timeoutMs > 0) { // NaN is none either
		common.Throw(s.vu.Runtime(), errNoTimeout)
	}
	own := &sender{shopper: s, timeout: time.Duration(timeoutMs * float64(time.Millisecond)), headers: http.Header{}}
	given := call.Argument(1).ToObject(s.vu.Runtime())
	for _, name := range given.Keys() {
		own.setHeader(name, given.Get(name).String())
	}
	return s.vu.Runtime().ToValue(own.send)
}

func (s *sender) setHeader(name, value string) {
	if strings.EqualFold(name, "host") {
		s.host = value
	}
	s.headers.Set(name, value)
}

func (s *sender) send(call sobek.FunctionCall) sobek.Value {
	state, runtime := s.shopper.state(), s.shopper.vu.Runtime()
	parsed, err := s.parse(call, state)
	if err != nil {
		return s.unsendable(err, state)
	}
	response, err := httpext.MakeRequest(s.shopper.vu.Context(), state, parsed)
	if err != nil {
		common.Throw(runtime, err)
	}
	return s.answer(response)
}

func (s *sender) parse(call sobek.FunctionCall, state *lib.State) (*httpext.ParsedHTTPRequest, error) {
	url, err := httpext.ToURL(call.Argument(2).String())
	if err != nil {
		return nil, err
	}
	parsed := &httpext.ParsedHTTPRequest{
		URL:              &url,
		Req:              s.request(call.Argument(1).String(), url, state),
		Timeout:          s.timeout,
		Redirects:        null.IntFrom(0),
		ResponseType:     httpext.ResponseTypeText,
		ResponseCallback: isExpected,
		TagsAndMeta:      state.Tags.GetCurrentValues(),
		ActiveJar:        state.CookieJar,
	}
	step := call.Argument(0).String()
	parsed.TagsAndMeta.SetTag(stepTag, step)
	parsed.TagsAndMeta.SetTag(nameTag, step)
	if body := call.Argument(3); !common.IsNullish(body) {
		parsed.Body = bytes.NewBufferString(body.String())
	}
	if parsed.ActiveJar != nil {
		httpext.SetRequestCookies(parsed.Req, parsed.ActiveJar, nil)
	}
	return parsed, nil
}

func (s *sender) request(method string, url httpext.URL, state *lib.State) *http.Request {
	headers := s.headers.Clone()
	if _, own := headers["User-Agent"]; !own {
		headers.Set("User-Agent", state.Options.UserAgent.String)
	}
	return &http.Request{Method: method, URL: url.GetURL(), Header: headers, Host: s.host}
}

// isExpected is what k6 counts as no failure unless it is told otherwise.
func isExpected(status int) bool {
	return status >= http.StatusOK && status < http.StatusBadRequest
}

// unsendable is the answer to a request that is none, as k6/http gives it.
func (s *sender) unsendable(err error, state *lib.State) sobek.Value {
	state.Logger.WithField("error", err).Warn("Request Failed")
	response := &httpext.Response{}
	response.Error = err.Error()
	var known httpext.K6Error
	if errors.As(err, &known) {
		response.ErrorCode = int(known.Code)
	}
	return s.answer(response)
}

func (s *sender) answer(response *httpext.Response) sobek.Value {
	answer := s.shopper.vu.Runtime().NewObject()
	// A new object takes any member.
	_ = answer.Set("status", response.Status)
	_ = answer.Set("body", response.Body)
	_ = answer.Set("errorCode", response.ErrorCode)
	_ = answer.Set("errorText", response.Error)
	return answer
}
