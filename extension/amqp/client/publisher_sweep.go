// The time limits of publications, kept by one timer per publisher.

package client

import "time"

// scheduleSweepLocked sets the timer for the first limit, unless it is set for an earlier one.
func (p *Publisher) scheduleSweepLocked() {
	limit := p.nextLimitLocked()
	at := time.Now().Add(limit)
	switch {
	case p.sweeper == nil:
		p.sweeper = time.AfterFunc(limit, p.sweep)
	case at.Before(p.sweepAt):
		p.sweeper.Reset(limit)
	default:
		return
	}
	p.sweepAt = at
}

func (p *Publisher) nextLimitLocked() time.Duration {
	limit := time.Hour
	if len(p.waiting) > 0 {
		limit = min(limit, time.Until(p.waitsSinceLocked(p.waiting[0]).Add(p.config.SendTimeout)))
	}
	if len(p.sent) > 0 {
		limit = min(limit, time.Until(p.sent[0].sentAt.Add(p.config.ConfirmTimeout)))
	}
	return max(limit, time.Millisecond)
}

// sweep settles what is over its time. Both lists are in the order of time, so only their beginnings are looked at.
func (p *Publisher) sweep() {
	now := time.Now()
	p.mu.Lock()
	obstacle := p.obstacleLocked()
	late, unconfirmed := p.overdueWaitingLocked(now), p.overdueSentLocked(now)
	p.sweeper = nil
	if !p.stopped && len(p.waiting)+len(p.sent) > 0 {
		p.scheduleSweepLocked()
	}
	p.mu.Unlock()
	rejectAll(late, obstacle)
	for _, publication := range unconfirmed {
		publication.settle(sent, Outcome{Kind: Unknown, Reason: errorf(ConfirmTimeout, "no confirm within %s",
			p.config.ConfirmTimeout)})
	}
}

func (p *Publisher) obstacleLocked() *Error {
	switch {
	case p.writing:
		return errorf(Stalled, "the connection took no bytes for %s", p.config.SendTimeout)
	case p.obstacle == nil:
		return errorf(NotOpen, "the channel was not open within %s", p.config.SendTimeout)
	default:
		return p.obstacle
	}
}

// waitsSinceLocked: a long batch takes its time, so the limit begins anew with every message that was sent.
func (p *Publisher) waitsSinceLocked(publication *Publication) time.Time {
	if p.progressAt.After(publication.queuedAt) {
		return p.progressAt
	}
	return publication.queuedAt
}

func (p *Publisher) overdueWaitingLocked(now time.Time) []*Publication {
	count := 0
	for count < len(p.waiting) && now.Sub(p.waitsSinceLocked(p.waiting[count])) >= p.config.SendTimeout {
		count++
	}
	overdue := p.waiting[:count:count]
	p.waiting = p.waiting[count:]
	return overdue
}

func (p *Publisher) overdueSentLocked(now time.Time) (overdue []*Publication) {
	count := 0
	for ; count < len(p.sent); count++ {
		publication := p.sent[count]
		if publication.isSettled() {
			continue
		}
		if now.Sub(publication.sentAt) < p.config.ConfirmTimeout {
			break
		}
		overdue = append(overdue, publication)
	}
	p.sent = p.sent[count:]
	return overdue
}

// dropSettledLocked lets go of messages that are over; the timer alone would keep them for as long as a limit.
func (p *Publisher) dropSettledLocked() {
	for len(p.sent) > 0 && p.sent[0].isSettled() {
		p.sent[0] = nil
		p.sent = p.sent[1:]
	}
}
