// A connection that is made anew whenever it is lost.

package client

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// State says how a link is.
type State string

// The states.
const (
	// Idle means that nobody has needed the connection yet.
	Idle State = "idle"
	// Connecting means that no connection is open, and that one is being made.
	Connecting State = "connecting"
	// Open means that the connection is open and that the broker takes messages.
	Open State = "open"
	// IsBlocked means that the connection is open and that the broker takes no messages: it has an alarm.
	IsBlocked State = "blocked"
	// Failed means that the broker refused the very first connection, so that no further one is tried.
	Failed State = "failed"
	// IsClosed means that this side closed the link.
	IsClosed State = "closed"
)

// Link is one connection to a cluster for as long as it is wanted. It connects when it is first needed. It resends
// nothing: what was in flight when a connection was lost is told to whoever waits for it.
type Link struct {
	config   Config
	observer Observer
	started  atomic.Bool
	stop     context.CancelFunc
	stopped  context.Context //nolint:containedctx // it is the life of the link
	done     chan struct{}

	mu        sync.Mutex
	session   *session
	failure   *Error // why the link is closed or has failed, for good
	lastError error  // why there is no connection at present
	changed   chan struct{}
	listeners map[int]func()
	nextID    int
}

// NewLink makes a link. Nothing is sent before it is needed.
func NewLink(config Config) *Link {
	stopped, stop := context.WithCancel(context.Background())
	observer := config.Observer
	if observer == nil {
		observer = silentObserver{}
	}
	return &Link{
		config: config, observer: observer, stop: stop, stopped: stopped, done: make(chan struct{}),
		changed: make(chan struct{}), listeners: map[int]func(){},
	}
}

// Connect begins to connect, if nobody did before.
func (l *Link) Connect() {
	if l.started.CompareAndSwap(false, true) {
		go l.run()
	}
}

// State says how the link is at this moment.
func (l *Link) State() State {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.failure != nil && l.failure.Code == Closed:
		return IsClosed
	case l.failure != nil:
		return Failed
	case l.session != nil && l.session.usable():
		if l.session.blocked() {
			return IsBlocked
		}
		return Open
	case !l.started.Load():
		return Idle
	default:
		return Connecting
	}
}

// Close ends the connection, with a good-bye if the broker answers within two seconds.
func (l *Link) Close() {
	l.fail(errorf(Closed, "the client was closed"))
	l.stop()
	if l.started.CompareAndSwap(false, true) {
		close(l.done) // it never began to connect
	}
	<-l.done
}

// run keeps the connection until the link is closed, or has failed at the first attempt.
func (l *Link) run() {
	defer close(l.done)
	for first := true; ; first = false {
		lostAt := time.Now()
		s, attempts := l.connect(first)
		if s == nil {
			if !first {
				l.observer.GaveUp()
			}
			return
		}
		if !first {
			l.observer.Reconnected(s.address, time.Since(lostAt), attempts)
		}
		go s.watch(l.observer, l.notify)
		l.set(s, nil)
		select {
		case <-s.lost:
		case <-l.stopped.Done():
			s.close()
			return
		}
		l.set(nil, s.reason)
		l.observer.ConnectionLost(s.address, s.reason)
	}
}

// connect tries round after round, and returns nil when the link was closed or failed.
func (l *Link) connect(first bool) (*session, int) {
	for round := 1; ; round++ {
		s, err := dialAny(l.stopped, &l.config)
		if err == nil {
			return s, round
		}
		l.set(nil, err)
		if reason := fromBroker(err); first && reason.Code == Refused {
			l.fail(reason)
			return nil, round
		}
		select {
		case <-time.After(l.config.Backoff.after(round)):
		case <-l.stopped.Done():
			return nil, round
		}
	}
}

func (l *Link) set(s *session, err error) {
	l.mu.Lock()
	l.session, l.lastError = s, err
	l.mu.Unlock()
	l.notify()
}

func (l *Link) fail(reason *Error) {
	l.mu.Lock()
	if l.failure == nil {
		l.failure = reason
	}
	l.mu.Unlock()
	l.notify()
}

// notify wakes whoever waits for a change.
func (l *Link) notify() {
	l.mu.Lock()
	close(l.changed)
	l.changed = make(chan struct{})
	listeners := make([]func(), 0, len(l.listeners))
	for _, listener := range l.listeners {
		listeners = append(listeners, listener)
	}
	l.mu.Unlock()
	for _, listener := range listeners {
		listener()
	}
}

// listen has wake called after every change, until the returned function is called.
func (l *Link) listen(wake func()) (unlisten func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := l.nextID
	l.nextID++
	l.listeners[id] = wake
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.listeners, id)
	}
}

// hopeless is why there will never be a connection any more, nil while there may be one.
func (l *Link) hopeless() *Error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.failure
}

// current is the open session or why there is none.
func (l *Link) current() (*session, *Error, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.failure != nil:
		return nil, l.failure, l.changed
	case l.session != nil && l.session.usable():
		return l.session, nil, l.changed
	case l.lastError != nil:
		return nil, errorf(NotOpen, "no connection: %v", l.lastError), l.changed
	default:
		return nil, errorf(NotOpen, "no connection yet"), l.changed
	}
}

// Await waits until the connection is open.
func (l *Link) Await(ctx context.Context) error {
	_, err := l.await(ctx)
	if err != nil {
		return err
	}
	return nil
}

func (l *Link) await(ctx context.Context) (*session, *Error) {
	l.Connect()
	for {
		s, why, changed := l.current()
		if why == nil {
			return s, nil
		}
		if why.Code != NotOpen {
			return nil, why
		}
		select {
		case <-changed:
		case <-ctx.Done():
			if ctx.Err() == context.Canceled { //nolint:errorlint // it is this very value
				return nil, fromBroker(ctx.Err())
			}
			return nil, why
		}
	}
}
