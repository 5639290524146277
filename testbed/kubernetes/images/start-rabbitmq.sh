#!/bin/sh
# The program of the RabbitMQ image: becomes a node. One without data waits until the founder of the cluster serves, to be joined: two that
# start at the same time would found a cluster each.
# usage: start-rabbitmq FOUNDER        FOUNDER: Erlang name of a node; RABBITMQ_NODENAME is this one's
set -eu
founder=$1

is_new() { [ ! -e "$RABBITMQ_MNESIA_BASE/$RABBITMQ_NODENAME" ]; }
# A tool of RabbitMQ's own would start an Erlang machine for each question.
serves() { socat -u OPEN:/dev/null "TCP:${1#*@}:5672,connect-timeout=2"; }

if [ "$RABBITMQ_NODENAME" != "$founder" ] && is_new; then
  until serves "$founder" 2>/dev/null; do sleep 0.5; done
fi
exec /usr/lib/rabbitmq/bin/rabbitmq-server
