// Command dns is CoreDNS with the few plugins that a throwaway cluster needs: names of services and pods, and nothing of the world.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/ready"
)

// The order in which a question passes through the plugins.
func init() {
	dnsserver.Directives = []string{"bind", "health", "ready", "errors", "log", "kubernetes"}
}

func main() { coremain.Run() }
